import Methods
import Modeling
import Optimization
import Tensors
import TestSupport
import Testing

@Suite("GaLore's projected Adam")
struct GaLoreTests {
  struct Reference: CustomTestStringConvertible, Sendable {
    let name: String
    let rows: Int
    let columns: Int
    let isProjected: Bool
    let weight: [Double]
    var testDescription: String { name }
  }

  /// Printed by `reference_galore.py`, which lies beside this file.
  static let references = [
    Reference(
      name: "tall", rows: 5, columns: 3, isProjected: true,
      weight: [
        -0.635770261, -0.231570744, 0.099947169, -0.004782199, 0.371678927, -0.627439566, 0.609076184, -0.370462628,
        0.011291097, -0.103706149, 0.242410064, 0.621801392, 0.478069982, -0.469954725, -0.108381795,
      ]),
    Reference(
      name: "wide", rows: 3, columns: 5, isProjected: true,
      weight: [
        -0.617576322, -0.242210346, 0.112284359, 0.504725912, -0.490894338, -0.004940513, 0.372249477, -0.602936616,
        -0.255784441, 0.135891952, 0.605425027, -0.367478184, -0.012273921, 0.328188535, -0.596808050,
      ]),
    Reference(
      name: "square", rows: 4, columns: 4, isProjected: true,
      weight: [
        -0.631030895, -0.248221481, 0.112505478, 0.493085778, -0.000869594, 0.353833815, -0.623245218, -0.236917739,
        0.624868645, -0.349901635, 0.027923327, 0.336512590, -0.115692405, 0.252290178, 0.608749155, -0.355869434,
      ]),
    Reference(
      name: "not projected", rows: 1, columns: 5, isProjected: false,
      weight: [-0.701247127, -0.132109010, 0.057992834, 0.486988489, -0.479396930]),
  ]

  private let compute = Compute()
  private let adamw = OptimizerSpecification(weightDecay: 0.1)

  private func parameter(_ rows: Int, _ columns: Int, isProjected: Bool = true) -> Parameter {
    let site = Site(layer: 0, role: .up, inputs: columns, outputs: rows)
    let parameter = Parameter(
      "matrix", rows: rows, columns: columns, site: isProjected ? site : nil, in: compute.memory)
    for row in 0..<rows {
      for column in 0..<columns { parameter.value[row, column] = Float((5 * row + 3 * column) % 11 - 5) / 8 }
    }
    return parameter
  }

  private func setGradient(of parameter: Parameter, step: Int) {
    let gradient = parameter.gradient!
    for i in 0..<gradient.rows {
      for j in 0..<gradient.columns {
        gradient[i, j] = Float((3 * i + 13 * j + 17 * step + i * j * step) % 23 - 11) / 16
      }
    }
  }

  private func rule(_ text: String, for parameter: Parameter, seed: UInt64 = 1) throws -> any UpdateRule {
    try #require(
      try method(text).makeUpdateRule(for: parameter, optimizer: adamw, seed: seed, compute: compute))
  }

  @Test("Seven updates, with two new projectors among them, agree with the reference script", arguments: references)
  func matchesReference(reference: Reference) throws {
    let parameter = parameter(reference.rows, reference.columns, isProjected: reference.isProjected)
    let rule = try rule("{name: galore, rank: 2, updateGap: 3}", for: parameter)
    for step in 1...7 {
      setGradient(of: parameter, step: step)
      rule.update(parameter, learningRate: 0.01 * Float(step), step: step)
    }
    let worst = zip(parameter.value.doubles, reference.weight).map { abs($0 - $1) }.max()!
    #expect(worst < 1e-6, "off by \(worst)")
  }

  @Test(
    "The projector stands on the shorter side, and the moments have the projected gradient's shape",
    arguments: [
      (9, 5, [[2, 5], [9, 2], [9, 2]]), (5, 9, [[2, 5], [2, 9], [2, 9]]), (6, 6, [[2, 6], [6, 2], [6, 2]]),
    ])
  func shapes(rows: Int, columns: Int, expected: [[Int]]) throws {
    let rule = try rule("{name: galore, rank: 2}", for: parameter(rows, columns))
    #expect(rule.state.map(\.name) == ["projector", "first_moment", "second_moment"])
    #expect(rule.state.map { [$0.value.rows, $0.value.columns] } == expected)
    #expect(rule.state[0].value.slab.category == .projector)
    #expect(rule.state[1...].allSatisfy { $0.value.slab.category == .optimizerState })
  }

  @Test(
    "The projector changes at the first update and after every gap, and not between", arguments: ["svd", "randomized"])
  func gap(projection: String) throws {
    let parameter = parameter(7, 5)
    let rule = try rule("{name: galore, rank: 2, updateGap: 3, projection: \(projection)}", for: parameter)
    var changes: [Int] = [], projector = rule.state[0].value.bits
    for step in 1...8 {
      setGradient(of: parameter, step: step)
      rule.update(parameter, learningRate: 0.01, step: step)
      if rule.state[0].value.bits != projector { changes.append(step) }
      projector = rule.state[0].value.bits
    }
    #expect(changes == [1, 4, 7])
  }

  @Test("At full rank the update keeps all of the gradient's directions", arguments: [(7, 5), (5, 7), (6, 6)])
  func fullRank(rows: Int, columns: Int) throws {
    // With m and v from one gradient Adam divides each number by its own size, so that P turns the sign matrix of the
    // rotated gradient; undoing the rotation must give back an update of full rank and of the same norm.
    let parameter = parameter(rows, columns)
    parameter.decays = false
    let before = parameter.value.doubles
    let rule = try rule("{name: galore, rank: \(min(rows, columns)), scale: 1}", for: parameter)
    setGradient(of: parameter, step: 1)
    rule.update(parameter, learningRate: 0.01, step: 1)
    let change = zip(parameter.value.doubles, before).map { $0 - $1 }
    let expected = 0.01 * Double(rows * columns).squareRoot()
    #expect(abs(change.reduce(0) { $0 + $1 * $1 }.squareRoot() / expected - 1) < 1e-3)
  }

  @Test(
    "A zero, rank-deficient or broken gradient does no harm but its own", arguments: ["svd", "randomized"],
    [(7, 5), (5, 7)])
  func oddGradients(projection: String, shape: (Int, Int)) throws {
    let text = "{name: galore, rank: 4, updateGap: 1, projection: \(projection)}"
    let parameter = parameter(shape.0, shape.1)
    parameter.decays = false
    let rule = try rule(text, for: parameter)
    let before = parameter.value.array
    rule.update(parameter, learningRate: 0.01, step: 1)
    #expect(parameter.value.array == before)
    parameter.gradient!.fill(0.5)
    rule.update(parameter, learningRate: 0.01, step: 2)
    #expect(parameter.value.array.allSatisfy(\.isFinite) && parameter.value.array != before)
    parameter.gradient![1, 2] = .infinity
    rule.update(parameter, learningRate: 0.01, step: 3)
    #expect(parameter.value.array.contains { !$0.isFinite })
  }

  @Test("The randomized projector spans nearly what the exact one spans")
  func randomizedIsClose() throws {
    let (exact, sketched) = (parameter(48, 32), parameter(48, 32))
    let rules = [
      try rule("{name: galore, rank: 4, updateGap: 1}", for: exact),
      try rule("{name: galore, rank: 4, updateGap: 1, projection: randomized}", for: sketched),
    ]
    for (parameter, rule) in zip([exact, sketched], rules) {
      // Four strong directions over noise.
      let (left, right) = (compute.testMatrix("left", 48, 4), compute.testMatrix("right", 4, 32))
      parameter.gradient!.fillForTest("noise", bound: 0.05)
      compute.multiply(left, right, into: parameter.gradient!, accumulate: true)
      rule.update(parameter, learningRate: 0.01, step: 1)
    }
    let overlap = compute.zeros(4, 4, .data)
    compute.multiply(rules[0].state[0].value, rules[1].state[0].value.transposed, into: overlap)
    #expect(abs(compute.sumOfSquares(overlap) - 4) < 1e-3)
  }

  @Test("Nothing is allocated after the rule is made and has made one update, even where the first update comes late")
  func allocatesNothing() throws {
    let parameter = parameter(120, 90)
    let rule = try rule("{name: galore, rank: 8, updateGap: 5}", for: parameter)
    parameter.gradient!.fillForTest("gradient")
    rule.update(parameter, learningRate: 0.01, step: 3)
    let count = compute.memory.allocationCount
    for step in 4...11 { rule.update(parameter, learningRate: 0.01, step: step) }
    #expect(compute.memory.allocationCount == count)
  }
}
