import Corpus
import Foundation
import Synchronization
import Training

/// The progress of one run on standard error: a line that is rewritten on a terminal, else a line every ten seconds.
final class ProgressLine {
  private let steps: Int
  private let isQuiet: Bool
  private let isTerminal = isatty(2) == 1
  private var firstStep = 0
  private var firstTokens: Int?
  private let start = ContinuousClock.now
  private var last: ContinuousClock.Instant?

  init(steps: Int, isQuiet: Bool) {
    self.steps = steps
    self.isQuiet = isQuiet
  }

  func observe(_ event: TrainingEvent) {
    guard !isQuiet else { return }
    switch event {
    case .started(let step):
      firstStep = step
      if step > 0 { write("going on after update \(step)\n") }
    case .step(let metrics): show(metrics)
    case .evaluation(let step, let metrics):
      let perplexity = String(format: "%.2f", metrics.correctedPerplexity)
      write("\(isTerminal ? "\r\u{1B}[K" : "")update \(step): validation perplexity \(perplexity)\n")
    case .memory, .willCheckpoint, .diverged: break
    }
  }

  private func show(_ metrics: StepMetrics) {
    let now = ContinuousClock.now
    let isLast = metrics.step == steps
    let interval = isTerminal ? Duration.milliseconds(200) : .seconds(10)
    // What the updates before this process saw is not told: nearly as much an update as all saw up to now.
    let firstTokens = self.firstTokens ?? metrics.tokens / metrics.step * firstStep
    self.firstTokens = firstTokens
    if let last, now - last < interval, !isLast { return }
    last = now
    let seconds = (now - start) / .seconds(1)
    let done = metrics.step - firstStep
    let left = seconds / Double(done) * Double(steps - metrics.step)
    let speed = Double(metrics.tokens - firstTokens) / max(seconds, 1e-9)
    let line = String(
      format: "update %d/%d  loss %.4f  %.0f tokens/s  %@ left  %.0f MB live", metrics.step, steps, metrics.loss, speed,
      Self.duration(left), Double(metrics.liveBytes) / 1e6)
    write(isTerminal ? "\r\u{1B}[K\(line)\(isLast ? "\n" : "")" : line + "\n")
  }

  /// Seconds as a person says them: `48 s`, `3 min 20 s`, `2 h 5 min`.
  static func duration(_ seconds: Double) -> String {
    let whole = Int(seconds.rounded())
    if whole < 60 { return "\(whole) s" }
    if whole < 3600 { return "\(whole / 60) min \(whole % 60) s" }
    return "\(whole / 3600) h \(whole % 3600 / 60) min"
  }

  private func write(_ text: String) { StandardStreams.report(text) }
}

/// The progress of a preparation on standard error.
final class PreparationPrinter: Sendable {
  private let isQuiet: Bool
  private let lastStage = Mutex<(stage: PreparationEvent.Stage, time: ContinuousClock.Instant)?>(nil)

  init(isQuiet: Bool = false) { self.isQuiet = isQuiet }

  @Sendable func print(_ event: PreparationEvent) {
    guard !isQuiet else { return }
    switch event {
    case .message(let text): write(text)
    case .progress(let stage, let done, let total, let secondsLeft):
      let now = ContinuousClock.now
      let isDue = lastStage.withLock { last in
        if let known = last, known.stage == stage, now - known.time < .seconds(5) { return false }
        last = (stage, now)
        return true
      }
      guard isDue, done != total || total == nil else { return }
      let of = total.map { " of \($0)" } ?? ""
      let left = secondsLeft.map { ", \(ProgressLine.duration($0)) left" } ?? ""
      write("\(stage.rawValue): \(done)\(of)\(left)")
    }
  }

  private func write(_ line: String) { StandardStreams.report("data: \(line)\n") }
}
