import Configuration
import Foundation
import Training

/// `losses.txt`: a line an update, its number and its loss in the shortest decimal that reads back as the same number.
///
/// A run that goes on from a checkpoint goes on with its file: lines after the checkpoint's update are dropped.
final class LossFile {
  let path: String
  private var handle: FileHandle?

  init(folder: String) throws {
    path = folder + "/losses.txt"
    do {
      try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    } catch {
      throw Diagnostic.file(folder, .cannotWrite, "the folder cannot be made; choose another with --output")
    }
  }

  func observe(_ event: TrainingEvent) throws {
    switch event {
    case .started(let step): try open(keeping: step)
    case .step(let metrics): try write("\(metrics.step) \(metrics.loss)\n")
    case .willCheckpoint: try handle?.synchronize()
    case .evaluation, .memory, .diverged: break
    }
  }

  func close() throws {
    try handle?.synchronize()
    try handle?.close()
    handle = nil
  }

  private func open(keeping lines: Int) throws {
    let kept = (try? String(contentsOfFile: path, encoding: .utf8))?.split(separator: "\n").prefix(lines) ?? []
    let text = kept.map { $0 + "\n" }.joined()
    guard kept.count == lines, FileManager.default.createFile(atPath: path, contents: Data(text.utf8)),
      let handle = FileHandle(forWritingAtPath: path)
    else {
      throw Diagnostic.file(
        path, .cannotWrite,
        lines == 0
          ? "cannot be written; choose another folder with --output"
          : "does not go as far as the checkpoint beside it; remove both to start the run again")
    }
    try handle.seekToEnd()
    self.handle = handle
  }

  private func write(_ text: String) throws {
    do {
      try handle?.write(contentsOf: Data(text.utf8))
    } catch {
      throw Diagnostic.file(path, .cannotWrite, "cannot be written; is the disk full?")
    }
  }
}
