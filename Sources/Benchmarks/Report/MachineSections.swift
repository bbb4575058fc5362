import Reporting

/// What the machine can do at most.
struct CeilingSection {
  let record: BenchmarkRecord

  func write(to text: inout Document) {
    guard let group = record[BenchmarkScale.ceilingGroup] else { return }
    text.heading(2, "What the machine can do", folds: true)
    text.paragraph(
      """
      Multiply-adds on registers alone; OpenBLAS's products, each worker with one call on its share of the rows; and moving \
      arrays. GF/s are 10⁹ floating-point operations a second, GB/s 10⁹ bytes. A whole update's share is that of the best \
      square product.
      """)
    var table = DocumentTable(
      ["ceiling", "workers", "GF/s", "GB/s", "of multiply-add", "time of a go"], alignments: [.left])
    for measurement in group.measurements {
      table.add(
        [
          measurement.label, String(measurement.workers), FigureText.operations(measurement.operationRate),
          FigureText.bytes(measurement.byteRate),
          FigureText.share(
            measurement.operationRate, of: group.ceilings.multiplyAdd(workers: measurement.workers)),
          FigureText.spread(measurement.spread, FigureText.seconds),
        ], from: group.origin)
    }
    text.table(table)
  }
}

/// The machine, and whether it was quiet.
struct MachineSection {
  let record: BenchmarkRecord

  func write(to text: inout Document) {
    guard let last = record.groups.last else { return }
    text.heading(2, "The machine", folds: true)
    text.list(Self.lines(last.machine))
    let others = record.groups.filter { $0.machine != last.machine }.map { "`\($0.name)`" }
    if !others.isEmpty {
      text.paragraph("Measured at another time with another machine or program: \(others.joined(separator: ", ")).")
    }
    text.paragraph(Self.scaling(of: record[BenchmarkScale.ceilingGroup] ?? last))
    let disturbed = record.groups.filter { !$0.isQuiet }
    text.paragraph(
      """
      Before and after every table all workers do nothing but multiply-adds for a moment. Where the two rates, or the one \
      that was measured with the other ceilings, differ by more than \(FigureText.percent(Calibration.tolerance)), something \
      else ran: the table's figures cannot be compared with those of other runs, though its ratios still hold roughly.
      """)
    guard !disturbed.isEmpty else {
      text.paragraph("The machine was quiet throughout.")
      return
    }
    text.paragraph("**Not quiet:**")
    text.list(
      disturbed.map {
        let (before, after) = ($0.calibration.before, $0.calibration.after)
        return "`\($0.name)`: \(FigureText.operations(before)) GF/s before, \(FigureText.operations(after)) after"
      })
  }

  /// How the multiply-adds of all workers compare with those of one: nothing in the record's own run shows it otherwise
  /// where another program holds a processor all the time.
  private static func scaling(of group: MeasuredGroup) -> String {
    let workers = group.measurements.map(\.workers).max() ?? 1
    guard workers > 1, let one = group.ceilings.multiplyAdd(workers: 1),
      let all = group.ceilings.multiplyAdd(workers: workers)
    else { return "" }
    let ratio = "\(workers) workers make \(FigureText.ratio(all / one)) times the multiply-adds of one"
    guard all < 0.95 * Double(workers) * one else { return ratio + "." }
    return "**\(ratio):** their processors share units or a power budget, or something else ran all the time."
  }

  private static func lines(_ machine: Machine) -> [String] {
    [
      "processor: \(machine.processor), \(machine.processorCount) threads side by side",
      "OpenBLAS: kernels \(machine.blasCore), one thread a call; \(machine.blasConfiguration)",
      "allocator: \(machine.allocator); compiler: \(machine.compiler); numerics \(machine.numerics)",
    ] + (machine.peer.isEmpty ? [] : ["the other program: \(machine.peer)"])
  }
}

extension MeasuredGroup {
  /// Where the group's figures are from.
  var origin: Origin {
    let rounds = Set(measurements.map(\.seconds.count)).sorted()
    let count = rounds.first == rounds.last ? "\(rounds.first ?? 0)" : "\(rounds.first ?? 0) to \(rounds.last ?? 0)"
    let quiet = isQuiet ? "the machine was quiet" : "**the machine was not quiet**"
    return Origin(
      "Measured here, medians of \(count) rounds; \(machine.processor)",
      full: "measured here as `\(name)`, medians of \(count) rounds; \(machine.processor), OpenBLAS core "
        + "\(machine.blasCore), \(machine.compiler), numerics \(machine.numerics); \(quiet)")
  }

  /// Whether the machine had nothing else to do.
  var isQuiet: Bool {
    let workers = measurements.map(\.workers).max() ?? 1
    return calibration.isQuiet(
      ceiling: name == BenchmarkScale.ceilingGroup ? nil : ceilings.multiplyAdd(workers: workers))
  }
}
