import Configuration
import Reporting
import TestSupport
import Testing

@Suite("Published numbers") struct PublishedTableTests {
  private let table = Result { try PublishedTable(contentsOf: SyntheticTable.publishedFile) }

  private func values(_ quantity: PublishedQuantity, _ row: String) throws -> [Double] {
    let table = try table.get()
    return try table.sizes.map { try #require(table.number(quantity, row: row, size: $0.label)).value }
  }

  @Test(
    "Perplexities are those that the paper and GaLore's table give",
    arguments: [
      ("Full-Rank", [34.06, 24.36, 18.80, 15.56]), ("Low-Rank", [78.18, 45.51, 37.41, 142.53]),
      ("ReLoRA", [37.04, 29.37, 29.08, 18.33]), ("GaLore", [34.88, 25.36, 18.95, 15.64]),
      ("SLTrain", [34.15, 26.04, 19.42, 16.14]),
    ])
  func perplexities(row: String, numbers: [Double]) throws {
    #expect(try values(.perplexity, row) == numbers)
  }

  @Test(
    "Parameters and memory are those of the table",
    arguments: [
      ("Full-Rank", [58.0, 134, 368, 1339], [0.35, 0.81, 2.21, 8.04]),
      ("Low-Rank", [43.0, 94, 185, 609], [0.24, 0.57, 1.11, 3.66]),
      ("ReLoRA", [58.0, 134, 368, 1339], [0.36, 0.84, 1.85, 6.34]),
      ("GaLore", [58.0, 134, 368, 1339], [0.28, 0.61, 1.59, 4.76]),
      ("SLTrain", [44.0, 97, 194, 646], [0.26, 0.60, 1.24, 4.16]),
    ])
  func footprints(row: String, parameters: [Double], memory: [Double]) throws {
    #expect(try values(.parameters, row) == parameters)
    #expect(try values(.memory, row) == memory)
  }

  @Test(
    "The parts of appendix F are those of its text",
    arguments: [
      ("Full-Rank", [0.12, 0.27, 0.74, 2.68], [0.23, 0.54, 1.47, 5.36]),
      ("Low-Rank", [0.08, 0.19, 0.37, 1.22], [0.16, 0.38, 0.74, 2.44]),
      ("ReLoRA", [0.20, 0.46, 1.11, 3.90], [0.17, 0.38, 0.74, 2.44]),
      ("GaLore", [0.12, 0.27, 0.74, 2.68], [0.16, 0.34, 0.34, 2.08]),
      ("SLTrain", [0.09, 0.21, 0.46, 1.58], [0.17, 0.39, 0.78, 2.58]),
    ])
  func parts(row: String, parameters: [Double], optimizer: [Double]) throws {
    #expect(try values(.parameterMemory, row) == parameters)
    #expect(try values(.optimizerMemory, row) == optimizer)
  }

  @Test("No number is called confirmed that was not read in the paper, and every copy names GaLore")
  func statuses() throws {
    let table = try table.get()
    for row in table.rows {
      for size in table.sizes.map(\.label) {
        let perplexity = try #require(table.number(.perplexity, row: row, size: size))
        let isRecalled = row == "SLTrain" || (row == "Full-Rank" && size == "130M")
        #expect(perplexity.status == (isRecalled ? .recalled : .copied))
        #expect(perplexity.source == (isRecalled ? "recollection" : "galore"))
        #expect(table.number(.parameters, row: row, size: size)?.status == .derived)
        #expect(table.number(.memory, row: row, size: size)?.status == .recalled)
        #expect(table.number(.parameterMemory, row: row, size: size)?.status == .confirmed)
        #expect(table.number(.optimizerMemory, row: row, size: size)?.status == .confirmed)
      }
    }
  }

  @Test("A number keeps the digits that are printed, and the mark of its status")
  func digits() throws {
    let table = try table.get()
    #expect(table.number(.perplexity, row: "Full-Rank", size: "350M")?.marked == "18.80ᶜ")
    #expect(table.number(.memory, row: "SLTrain", size: "130M")?.marked == "0.60ʳ")
    #expect(table.number(.parameters, row: "SLTrain", size: "1B")?.marked == "646ᵈ")
    #expect(table.number(.parameterMemory, row: "ReLoRA", size: "1B")?.marked == "3.90")
  }

  @Test(
    "An evaluation without the extra batch would have given these",
    arguments: [
      ("SLTrain", "60M", "34.76"), ("Full-Rank", "60M", "34.66"), ("SLTrain", "130M", "26.47"),
      ("SLTrain", "350M", "20.00"), ("SLTrain", "1B", "16.36"), ("GaLore", "1B", "15.75"),
    ])
  func unbiased(row: String, size: String, text: String) throws {
    let value = try #require(try table.get().unbiasedPerplexity(row: row, size: size))
    #expect(DecimalText.fixed(value, places: 2) == text)
  }

  @Test("Each number that is known to be wrong or doubtful carries its note")
  func notes() throws {
    let table = try table.get()
    let noted: [(PublishedQuantity, String, String, String)] = [
      (.perplexity, "Full-Rank", "60M", "30.08"), (.perplexity, "Full-Rank", "130M", "25.08"),
      (.memory, "Low-Rank", "60M", "0.26"), (.memory, "ReLoRA", "60M", "0.37"),
      (.memory, "GaLore", "350M", "1.39"), (.memory, "SLTrain", "1B", "4.08"),
      (.optimizerMemory, "GaLore", "350M", "144.04M"),
    ]
    for (quantity, row, size, word) in noted {
      let number = try #require(table.number(quantity, row: row, size: size))
      let text = number.notes.compactMap { table.note($0)?.text }.joined()
      #expect(text.contains(word), "\(row) at \(size)")
    }
  }

  @Test("Figure 1's numbers are those of table 2 but for the memory of SLTrain")
  func figure() throws {
    let table = try table.get()
    let figure = try PublishedTable(contentsOf: SyntheticTable.repository + "/experiments/published/figure-1.yaml")
    #expect(figure.rows == table.rows)
    for row in figure.rows {
      for quantity in [PublishedQuantity.perplexity, .parameters, .memory] {
        let number = try #require(figure.number(quantity, row: row, size: "1B"))
        let isException = row == "SLTrain" && quantity == .memory
        #expect(number.value == (isException ? 4.08 : table.number(quantity, row: row, size: "1B")?.value))
      }
    }
    #expect(figure.number(.memory, row: "SLTrain", size: "1B")?.notes == ["figure-1"])
  }

  @Test(
    "A slip in the file is named at its place",
    arguments: [
      (
        "SLTrain: {status: recaled, source: a, 60M: 34.15}", "t.yaml:6:21: error: 'perplexity.SLTrain.status' cannot be"
      ),
      (
        "SLTrain: {status: recalled, source: b, 60M: 34.15}",
        "t.yaml:6:39: error: unknown source 'b'; did you mean 'a'?"
      ),
      ("SLTrain: {status: recalled, source: a, 61M: 34.15}", "t.yaml:6:42: error: unknown key '61M'"),
      ("SLTrain: {source: a, 60M: 34.15}", "t.yaml:6:12: error: missing key 'status' in 'perplexity.SLTrain'"),
      ("SLTrain: {status: recalled, source: a, 60M: about 34}", "t.yaml:6:47: error: 'perplexity.SLTrain.60M' must be"),
      (
        "SLTrain: {status: recalled, source: a, 60M: {value: 34.15, notes: [m]}}",
        "t.yaml:6:70: error: unknown note 'm'; did you mean 'n'?"
      ),
    ])
  func slips(line: String, beginning: String) {
    let yaml = """
      {name: T, paper: P, sources: {a: A}, notes: {n: N},
       sizes: {60M: {tokens: 1e9, evaluationBatches: 10}},
       perplexity: {

      # the row
        \(line)
      }}
      """
    let message = diagnosticText { try PublishedTable(reading: SpecificationNode(text: yaml, file: "t.yaml")) }
    #expect(message.hasPrefix(beginning), "\(message)")
  }
}
