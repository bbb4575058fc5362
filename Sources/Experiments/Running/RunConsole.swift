import Foundation

/// Where the user watches a run.
public protocol RunConsole: AnyObject {
  /// Something happened that should stay to be read.
  func message(_ line: String)
  /// How far things are; the next such line may take its place.
  func progress(_ line: String)
}

/// Where nobody watches.
public final class SilentConsole: RunConsole {
  /// Creates a console.
  public init() {}

  public func message(_ line: String) {}
  public func progress(_ line: String) {}
}

/// Standard error: one line that is rewritten on a terminal, else a line now and then.
public final class StandardErrorConsole: RunConsole {
  private let isTerminal: Bool
  private let isQuiet: Bool
  private let interval: TimeInterval
  private var last = Date.distantPast
  private var hasLine = false

  /// Creates a console.
  ///
  /// - Parameters:
  ///   - isQuiet: whether progress is left out.
  ///   - interval: seconds between lines of progress where there is no terminal.
  public init(isQuiet: Bool = false, interval: TimeInterval = 15) {
    isTerminal = isatty(STDERR_FILENO) == 1
    self.isQuiet = isQuiet
    self.interval = interval
  }

  public func message(_ line: String) {
    write((hasLine ? "\r\u{1B}[K" : "") + line + "\n")
    hasLine = false
  }

  public func progress(_ line: String) {
    guard !isQuiet, -last.timeIntervalSinceNow >= (isTerminal ? 0.2 : interval) else { return }
    last = Date()
    write(isTerminal ? "\r\u{1B}[K" + Self.cut(line) : line + "\n")
    hasLine = isTerminal
  }

  /// A line that is wider than the terminal would wrap, and could not be rewritten.
  private static func cut(_ line: String) -> String {
    var size = winsize()
    guard ioctl(STDERR_FILENO, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 1 else { return line }
    return String(line.prefix(Int(size.ws_col) - 1))
  }

  /// Where nobody can read it, a run is worth more than its progress.
  private func write(_ text: String) { try? FileHandle.standardError.write(contentsOf: Data(text.utf8)) }
}
