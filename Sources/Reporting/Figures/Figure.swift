import Configuration
import Corpus
import Files
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

  /// Draws the figure, then writes its three files into a folder, each whole or not at all.
  ///
  /// - Parameter searchPath: the folders to look for gnuplot in, as in `PATH`.
  /// - Throws: `Diagnostic` if gnuplot is missing or refuses the script, or a file cannot be written.
  public func draw(
    into folder: String, searchPath: String = ProcessInfo.processInfo.environment["PATH"] ?? ""
  ) throws {
    let program = try Self.gnuplot(in: searchPath)
    let workplace = FileManager.default.temporaryDirectory.appendingPathComponent("figure-\(UUID().uuidString)").path
    defer { try? FileManager.default.removeItem(atPath: workplace) }
    try AtomicFileWriter.write(data.utf8, to: "\(workplace)/\(name).dat")
    try AtomicFileWriter.write(script.utf8, to: "\(workplace)/\(name).gp")
    try Self.run(program, on: "\(name).gp", in: workplace)
    guard let drawing = FileManager.default.contents(atPath: "\(workplace)/\(name).svg") else {
      throw Diagnostic(.unavailable, "gnuplot drew no \(name).svg; check that this gnuplot has the terminal 'svg'")
    }
    // A gnuplot that runs out of disk says nothing.
    guard String(decoding: drawing.suffix(20), as: UTF8.self).contains("</svg>") else {
      throw Diagnostic.file(
        workplace, .cannotWrite, "gnuplot's drawing of \(name).svg is cut short; is the disk full that this is on?")
    }
    try AtomicFileWriter.write(data.utf8, to: "\(folder)/\(name).dat")
    try AtomicFileWriter.write(script.utf8, to: "\(folder)/\(name).gp")
    try AtomicFileWriter.write(drawing, to: "\(folder)/\(name).svg")
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
