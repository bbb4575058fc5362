import Configuration
import Foundation

/// A figure as data and a gnuplot script: `NAME.dat` and `NAME.gp`, which draw `NAME.svg`.
///
/// The script names its files without folders, so that anybody can run it where it lies.
public struct Figure: Equatable, Sendable {
  /// The files' name without extension: `figure-1`.
  public let name: String
  /// The numbers, in gnuplot's blocks.
  public let data: String
  /// The script.
  public let script: String

  /// Creates a figure.
  public init(name: String, data: String, script: String) {
    self.name = name
    self.data = data
    self.script = script
  }

  /// Draws the figure: writes its three files into a folder, each whole or not at all.
  ///
  /// - Parameter searchPath: the folders to look for gnuplot in, as in `PATH`.
  /// - Throws: `Diagnostic` if gnuplot is missing or refuses the script, or the folder cannot be written to.
  public func draw(
    into folder: String, searchPath: String = ProcessInfo.processInfo.environment["PATH"] ?? ""
  ) throws {
    let program = try Self.gnuplot(in: searchPath)
    let workplace = folder + "/.\(name).\(ProcessInfo.processInfo.processIdentifier).drawing"
    let files = FileManager.default
    do {
      try files.createDirectory(atPath: workplace, withIntermediateDirectories: true)
    } catch {
      throw Diagnostic.file(folder, .cannotWrite, "cannot be written to; check that the folder is yours and has space")
    }
    defer { try? files.removeItem(atPath: workplace) }
    try AtomicFile.write(data, to: "\(workplace)/\(name).dat")
    try AtomicFile.write(script, to: "\(workplace)/\(name).gp")
    try Self.run(program, on: "\(name).gp", in: workplace)
    for suffix in ["dat", "gp", "svg"] {
      try AtomicFile.move("\(workplace)/\(name).\(suffix)", to: "\(folder)/\(name).\(suffix)")
    }
  }

  private static func gnuplot(in searchPath: String) throws -> String {
    let candidates = searchPath.split(separator: ":").map { "\($0)/gnuplot" }
    guard let program = candidates.first(where: FileManager.default.isExecutableFile(atPath:)) else {
      throw Diagnostic(
        .unavailable, "gnuplot, which draws the figures, was not found; install it (Debian: gnuplot-nox)")
    }
    return program
  }

  private static func run(_ program: String, on script: String, in folder: String) throws {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: program)
    process.arguments = [script]
    process.currentDirectoryURL = URL(fileURLWithPath: folder)
    // Numbers with a decimal point, whatever the user's language.
    process.environment = ["LC_ALL": "C", "HOME": folder]
    let messages = Pipe()
    process.standardError = messages
    process.standardOutput = FileHandle.nullDevice
    do {
      try process.run()
    } catch {
      throw Diagnostic(.unavailable, "gnuplot could not be started: \(error.localizedDescription)")
    }
    let output = messages.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    guard process.terminationStatus == 0 else {
      let text = String(decoding: output, as: UTF8.self).split(separator: "\n").last.map(String.init) ?? ""
      throw Diagnostic(.unavailable, "gnuplot refused \(script): \(text.trimmingCharacters(in: .whitespaces))")
    }
  }
}

/// Files that are there whole or not at all.
enum AtomicFile {
  /// Writes a text under a temporary name beside the file, syncs it, and renames it.
  ///
  /// - Throws: `Diagnostic` if that fails; then the file is as it was.
  static func write(_ text: String, to path: String) throws {
    let temporary = "\(path).\(ProcessInfo.processInfo.processIdentifier).partial"
    let descriptor = open(temporary, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o644)
    guard descriptor >= 0 else { throw failure(path) }
    let bytes = Array(text.utf8)
    var written = 0
    while written < bytes.count {
      let count = bytes[written...].withUnsafeBytes { Foundation.write(descriptor, $0.baseAddress, $0.count) }
      guard count > 0 else { break }
      written += count
    }
    let isWhole = written == bytes.count && fsync(descriptor) == 0
    let isClosed = close(descriptor) == 0
    guard isWhole, isClosed else {
      unlink(temporary)
      throw failure(path)
    }
    try move(temporary, to: path)
  }

  /// Renames a file over another.
  static func move(_ source: String, to path: String) throws {
    guard rename(source, path) == 0 else {
      let problem = failure(path)
      unlink(source)
      throw problem
    }
  }

  private static func failure(_ path: String) -> Diagnostic {
    Diagnostic.file(
      path, .cannotWrite, "cannot be written: \(String(cString: strerror(errno))); check folder and space")
  }
}
