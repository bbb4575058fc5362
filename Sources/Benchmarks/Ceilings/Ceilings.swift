import Configuration

/// What the machine can do at most, as it was measured: the median of the best loop or product of each kind.
public struct Ceilings: Equatable, Sendable {
  /// A bandwidth and the bytes that it was measured over.
  private struct Bandwidth: Equatable, Sendable {
    var workers: Int
    var workingSet: Double
    var rate: Double
  }

  private var multiplyAdds: [Int: Double] = [:]
  private var products: [Int: Double] = [:]
  /// The side of the fastest square product.
  private var squares: [Int: Int] = [:]
  private var bandwidths: [Bandwidth] = []

  /// Nothing was measured.
  public init() {}

  /// Takes the best of each kind out of the measurements of ``CeilingContenders``, whose names begin with the kind.
  public init(_ measurements: [Measurement]) {
    for measurement in measurements {
      let kind = measurement.name.prefix { $0 != "-" }
      let workers = measurement.workers
      switch kind {
      case "fma": multiplyAdds[workers] = max(multiplyAdds[workers] ?? 0, measurement.operationRate ?? 0)
      case "sgemm": products[workers] = max(products[workers] ?? 0, measurement.operationRate ?? 0)
      case "copy", "triad": addBandwidth(measurement)
      default: continue
      }
    }
    for measurement in measurements.sorted(by: { $0.operationRate ?? 0 < $1.operationRate ?? 0 }) {
      guard measurement.name.hasPrefix("sgemm-"), let side = Int(measurement.name.split(separator: "-")[1]) else {
        continue
      }
      squares[measurement.workers] = side
    }
    bandwidths.sort { ($0.workers, $0.workingSet) < ($1.workers, $1.workingSet) }
  }

  private mutating func addBandwidth(_ measurement: Measurement) {
    guard let bytes = measurement.bytes, let rate = measurement.byteRate else { return }
    // A copy moves two arrays and a triad three: one size is the same array size.
    let workingSet = measurement.name.hasPrefix("copy") ? bytes * 1.5 : bytes
    if let index = bandwidths.firstIndex(where: { $0.workers == measurement.workers && $0.workingSet == workingSet }) {
      bandwidths[index].rate = max(bandwidths[index].rate, rate)
    } else {
      bandwidths.append(Bandwidth(workers: measurement.workers, workingSet: workingSet, rate: rate))
    }
  }

  /// Operations a second of multiply-adds on registers; nil where it was not measured.
  public func multiplyAdd(workers: Int) -> Double? { multiplyAdds[workers] }

  /// Operations a second of the best matrix product; nil where it was not measured.
  public func matrixProduct(workers: Int) -> Double? { products[workers] }

  /// The side of the square product with the highest rate.
  public func bestSquare(workers: Int) -> Int? { squares[workers] }

  /// Bytes a second of the better of copy and triad over the smallest arrays that together are as large as a working
  /// set, or over the largest there are; nil where nothing was measured.
  public func bandwidth(workers: Int, workingSet: Double) -> Double? {
    let own = bandwidths.filter { $0.workers == workers }
    return (own.first { $0.workingSet >= workingSet } ?? own.last)?.rate
  }
}

extension Ceilings {
  /// The ceilings as they are stored.
  var resolved: ResolvedValue {
    func byWorkers(_ rates: [Int: Double]) -> ResolvedValue {
      .object(Dictionary(uniqueKeysWithValues: rates.map { (String($0), ResolvedValue.number($1)) }))
    }
    return .object([
      "fma": byWorkers(multiplyAdds), "sgemm": byWorkers(products),
      "bestSquare": byWorkers(squares.mapValues(Double.init)),
      "bandwidth": .array(
        bandwidths.map {
          .object([
            "workers": .integer($0.workers), "workingSet": .number($0.workingSet), "rate": .number($0.rate),
          ])
        }),
    ])
  }

  /// Reads stored ceilings.
  ///
  /// - Throws: `Diagnostic` naming `file` where something is missing.
  init(_ value: ResolvedValue, file: String) throws {
    func byWorkers(_ key: String) throws -> [Int: Double] {
      guard let members = value[key]?.objectValue else {
        throw BenchmarkRecord.damaged(file, "has no ceiling '\(key)'")
      }
      return Dictionary(
        uniqueKeysWithValues: members.compactMap { key, rate in
          Int(key).flatMap { key in rate.doubleValue.map { (key, $0) } }
        })
    }
    multiplyAdds = try byWorkers("fma")
    products = try byWorkers("sgemm")
    squares = try byWorkers("bestSquare").mapValues { Int($0) }
    bandwidths = try (value["bandwidth"]?.arrayValue ?? []).map { entry in
      guard let workers = entry["workers"]?.integerValue, let size = entry["workingSet"]?.doubleValue,
        let rate = entry["rate"]?.doubleValue
      else { throw BenchmarkRecord.damaged(file, "has a bandwidth that is not whole") }
      return Bandwidth(workers: workers, workingSet: size, rate: rate)
    }
  }
}
