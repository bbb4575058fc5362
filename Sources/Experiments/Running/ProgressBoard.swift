import Foundation

/// Puts the progress of all running cells into one line.
struct ProgressBoard {
  /// How many cells there are, as far as is known.
  private(set) var total = 0
  /// Cells that have ended.
  private(set) var done = 0
  private var work: [Double] = []
  private var doneWork = 0.0
  private var totalWork = 0.0
  private var running: [Int: CellProgress] = [:]
  private var start: Date?
  /// Below this share of the work the time that is left is not told: a guess from the first updates misleads.
  private static let smallestShare = 0.005

  /// Begins a stage.
  ///
  /// - Parameters:
  ///   - work: the operations of each cell.
  ///   - laterWork: the operations of the stages that follow.
  mutating func begin(_ work: [Double], laterWork: Double) {
    self.work = work
    start = start ?? Date()
    total += work.count
    totalWork = doneWork + work.reduce(0, +) + laterWork
    running = [:]
  }

  /// Takes note of how far a cell of the stage has come.
  mutating func note(_ progress: CellProgress, of cell: Int) { running[cell] = progress }

  /// Takes note of a cell's end.
  mutating func end(_ cell: Int) {
    running[cell] = nil
    done += 1
    doneWork += work[cell]
  }

  /// Cells, losses, speed, time left and memory.
  var line: String {
    let cells = running.sorted { $0.key < $1.key }
    var parts = ["\(done)/\(total) cells"]
    if !cells.isEmpty {
      let losses = cells.map { String(format: "%.3f", $0.value.loss) }.joined(separator: ", ")
      let speed = cells.reduce(0.0) { $0 + $1.value.tokensPerSecond }
      parts += ["loss \(losses)", String(format: "%.0f tokens/s", speed)]
    }
    let finished = cells.reduce(doneWork) { $0 + work[$1.key] * Double($1.value.step) / Double(max(1, $1.value.steps)) }
    if let start, finished > 0, finished >= Self.smallestShare * totalWork {
      let left = -start.timeIntervalSinceNow * max(0, totalWork - finished) / finished
      parts.append("\(Self.time(left)) left")
    }
    let bytes = cells.reduce(0) { $0 + $1.value.liveBytes }
    if bytes > 0 { parts.append(String(format: "%.1f MB of tensors", Double(bytes) / 1e6)) }
    return parts.joined(separator: " · ")
  }

  /// A time for people: `45 s`, `12 min`, `2.5 h`.
  static func time(_ seconds: Double) -> String {
    if seconds < 90 { return "\(Int(seconds.rounded())) s" }
    if seconds < 5400 { return "\(Int((seconds / 60).rounded())) min" }
    return String(format: "%.1f h", seconds / 3600)
  }
}
