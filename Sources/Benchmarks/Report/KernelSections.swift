import Reporting

/// Vector kernels, attention and products in blocks.
struct KernelSection {
  let record: BenchmarkRecord

  func write(to text: inout Document) {
    guard let group = record["kernels"] else { return }
    text.heading(2, "Kernels", folds: true)
    text.paragraph(
      """
      At the shapes of \(group.title): T tokens, D hidden size, F intermediate size, V vocabulary. Bytes are those of all \
      operands, once each way; the share is the larger of that of the bandwidth of arrays that are together as large, and \
      that of the best matrix product where operations are counted. A kernel with neither near 100 % is bound by its own \
      arithmetic: exponentials, or loads from a cache.
      """)
    var table = DocumentTable(["kernel", "workers", "GB/s", "GF/s", "share", "of", "time"], alignments: [.left])
    for measurement in group.measurements {
      let share = Self.share(measurement, group.ceilings)
      table.add(
        [
          measurement.label, String(measurement.workers), FigureText.bytes(measurement.byteRate),
          FigureText.operations(measurement.operationRate), share.map { FigureText.percent($0.value) } ?? "",
          share?.ceiling ?? "", FigureText.spread(measurement.spread, FigureText.seconds),
        ], from: group.origin)
    }
    text.table(table)
  }

  /// The share of the nearer ceiling.
  static func share(_ measurement: Measurement, _ ceilings: Ceilings) -> (value: Double, ceiling: String)? {
    var shares: [(value: Double, ceiling: String)] = []
    if let rate = measurement.byteRate, let bytes = measurement.bytes,
      let most = ceilings.bandwidth(workers: measurement.workers, workingSet: bytes)
    {
      shares.append((rate / most, "bandwidth"))
    }
    if let rate = measurement.operationRate, let most = ceilings.matrixProduct(workers: measurement.workers) {
      shares.append((rate / most, "sgemm"))
    }
    return shares.max { $0.value < $1.value }
  }
}

/// One linear layer by method and shape.
struct LayerSection {
  let record: BenchmarkRecord

  func write(to text: inout Document) {
    let groups = record.groups.filter { $0.kind == "layers" }
    guard let first = groups.first else { return }
    text.heading(2, "One linear layer, forward and backward", folds: true)
    text.paragraph(
      """
      Milliseconds of both passes with all gradients, on \(first.measurements.first?.workers ?? 1) workers, and the ratio to \
      the dense layer in the same rounds.
      """)
    let labels = first.measurements.map(\.label)
    var table = DocumentTable(["layer"] + labels + ["GF/s, dense", "of sgemm"], alignments: [.left])
    for group in groups {
      let dense = group.measurements.first
      table.add(
        [group.title]
          + labels.map { label in
            group.measurements.first { $0.label == label }.map { Self.cell($0, dense: dense) } ?? ""
          } + [
            FigureText.operations(dense?.operationRate),
            FigureText.share(
              dense?.operationRate, of: dense.flatMap { group.ceilings.matrixProduct(workers: $0.workers) }),
          ], from: group.origin)
    }
    text.table(table)
  }

  private static func cell(_ own: Measurement, dense: Measurement?) -> String {
    let milliseconds = DecimalText.significant(own.median * 1e3)
    guard let dense, dense.name != own.name else { return milliseconds }
    return milliseconds + " (" + (dense.speed(over: own).map { FigureText.ratio($0.median) } ?? "") + ")"
  }
}
