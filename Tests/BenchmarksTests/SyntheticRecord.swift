import Benchmarks

/// A record with numbers that are easy to work out by hand.
enum SyntheticRecord {
  static let machine = Machine(
    processor: "A processor", processorCount: 2, blasCore: "Haswell", blasConfiguration: "OpenBLAS 0.3",
    allocator: "jemalloc 5", compiler: "Swift 6", numerics: 1)

  static func measurement(
    _ name: String, _ label: String, workers: Int = 2, operations: Double? = nil, bytes: Double? = nil,
    tokens: Int? = nil, _ seconds: [Double]
  ) -> Measurement {
    var result = Measurement(
      name, label: label, workers: workers, operations: operations, bytes: bytes, tokens: tokens)
    result.seconds = seconds
    return result
  }

  static let ceilings = [
    measurement("fma-1", "multiply-add, 8 lanes", workers: 1, operations: 1e9, [0.01, 0.01]),
    measurement("fma-2", "multiply-add, 8 lanes", operations: 2e9, [0.01, 0.01]),
    measurement("sgemm-1024-1", "sgemm, 1024 x 1024 x 1024", workers: 1, operations: 9e9, [0.1, 0.1]),
    measurement("sgemm-1024-2", "sgemm, 1024 x 1024 x 1024", operations: 18e9, [0.1, 0.1]),
    measurement("sgemm-2048-2", "sgemm, 2048 x 2048 x 2048", operations: 16e9, [0.1, 0.1]),
    measurement("triad-64kib-1", "triad, arrays of 64 KiB", workers: 1, bytes: 196_608, [2e-6, 2e-6]),
    measurement("triad-256mib-2", "triad, arrays of 256 MiB", bytes: 805_306_368, [0.03, 0.03]),
  ]

  static func group(_ name: String, _ title: String, _ measurements: [Measurement], after: Double = 199e9)
    -> MeasuredGroup
  {
    MeasuredGroup(
      name: name, title: title, machine: machine, ceilings: Ceilings(ceilings),
      calibration: Calibration(before: 200e9, after: after), measurements: measurements)
  }

  static var record: BenchmarkRecord {
    BenchmarkRecord(groups: [
      group("ceilings", "the machine", ceilings),
      group(
        "kernels", "60M, 8 x 256 tokens",
        [
          measurement("add", "y += x, [T, D]", workers: 1, bytes: 98_304, [2e-6, 2e-6]),
          measurement("product-up-2", "60M, y = x Wᵀ (up)", operations: 9e9, [0.1, 0.1]),
        ]),
      group(
        "layers/512x1376-t4096", "512 → 1376, rank 128, 4096 tokens",
        [
          measurement("full-rank", "Full-Rank", operations: 17e9, tokens: 4096, [0.1, 0.1, 0.1]),
          measurement("sltrain", "SLTrain", operations: 6e9, tokens: 4096, [0.05, 0.05, 0.05]),
        ]),
      updates, workers, scaling, growth,
    ])
  }

  private static var updates: MeasuredGroup {
    var first = measurement("galore", "GaLore", operations: 5e11, tokens: 2048, [4, 4, 4, 4, 4])
    first.searches = [5]
    return group(
      "steps/60m", "60M, 8 x 256 tokens",
      [
        measurement("sgemm", "1024 x 1024 x 1024", operations: 18e9, [0.1, 0.1, 0.1, 0.1, 0.1]),
        measurement("full-rank", "Full-Rank", operations: 5e11, tokens: 2048, [3.2, 3.2, 3.2, 3.2, 4.2]),
        measurement("sltrain", "SLTrain", operations: 3e11, tokens: 2048, [2, 2, 2, 2, 2]), first,
      ])
  }

  private static var workers: MeasuredGroup {
    group(
      "workers/60m", "60M, 8 x 256 tokens",
      [
        measurement("full-rank-1", "Full-Rank", workers: 1, operations: 5e11, tokens: 2048, [6, 6, 6]),
        measurement("full-rank-2", "Full-Rank", operations: 5e11, tokens: 2048, [3.5, 3.5, 3.5]),
      ], after: 150e9)
  }

  private static var scaling: MeasuredGroup {
    group(
      "scaling/9m-350m", "9M, 350M",
      [
        measurement("sgemm", "1024 x 1024 x 1024", operations: 18e9, [0.1, 0.1]),
        measurement("9m-full-rank", "9M, Full-Rank", operations: 1e10, tokens: 1024, [0.1, 0.1]),
        measurement("350m-full-rank", "350M, Full-Rank", operations: 1e12, tokens: 1024, [9, 9]),
      ])
  }

  private static var growth: MeasuredGroup {
    group(
      "growth/9m", "9M, 4 x 256 tokens",
      [
        measurement(
          "sgemm", "1024 x 1024 x 1024", operations: 18e9, Array(repeating: 0.1, count: 20)),
        measurement(
          "sltrain", "SLTrain", operations: 1e10, tokens: 1024,
          Array(repeating: 0.1, count: 10) + Array(repeating: 0.11, count: 10)),
      ])
  }
}
