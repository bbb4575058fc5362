import Configuration
import Corpus
import Files
import Foundation

/// What came of laying a local record beside the published one.
public enum PublicationOutcome: Equatable, Sendable {
  /// There was none before; the local one stands there now.
  case published
  /// The local record was published before.
  case unchanged
  /// The published record has the same numbers and was left as it is, manifest and all.
  case reproduced
  /// The published record had other numbers and was replaced; the text says which differed first.
  case replaced(String)
}

extension RecordStore {
  /// Publishes a complete record of a run that was made here.
  ///
  /// The record appears under its name whole. Any other record that answers the same specification goes: there is one
  /// answer to a question.
  /// - Parameter folder: the folder of the run, whose last component is its identity.
  /// - Throws: ``Diagnostic`` if either record is damaged or the results cannot be written.
  public func publish(from folder: String) throws -> PublicationOutcome {
    let id = (folder as NSString).lastPathComponent
    let target = self.folder(of: id)
    var outcome = PublicationOutcome.published
    if FileManager.default.fileExists(atPath: target) {
      let manifests = [target, folder].map { FileManager.default.contents(atPath: "\($0)/\(RecordFile.manifest)") }
      let isOwn = manifests[0] == manifests[1] && manifests[0] != nil
      switch try RecordComparison.compare(published: target, local: folder) {
      case .identical: return isOwn ? .unchanged : .reproduced
      case .different(let what): outcome = .replaced(what)
      }
    }
    try AtomicFileWriter.makeFolder(runsFolder)
    let temporary = "\(runsFolder)/.\(id).\(getpid())"
    try? FileManager.default.removeItem(atPath: temporary)
    do {
      try copyFiles(from: folder, to: temporary)
    } catch {
      try? FileManager.default.removeItem(atPath: temporary)
      throw error
    }
    try removeRecords(answering: try RunRecord(folder: folder).specification)
    try? FileManager.default.removeItem(atPath: target)
    guard rename(temporary, target) == 0 else {
      throw Diagnostic.file(target, .cannotWrite, "cannot be written: \(String(cString: strerror(errno)))")
    }
    return outcome
  }

  /// Removes what a process that was killed while it published has left.
  public func removeLeftovers() {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: runsFolder)) ?? []
    for name in names where name.hasPrefix(".") {
      let owner = name.split(separator: ".").last.flatMap { pid_t($0) }
      guard let owner, kill(owner, 0) != 0 else { continue }
      try? FileManager.default.removeItem(atPath: "\(runsFolder)/\(name)")
    }
  }

  private func copyFiles(from folder: String, to target: String) throws {
    for name in [RecordFile.cell, RecordFile.metrics, RecordFile.manifest, RecordFile.summary] {
      let source = "\(folder)/\(name)"
      guard let data = FileManager.default.contents(atPath: source) else {
        throw RecordFault.damaged(source, "cannot be read")
      }
      try AtomicFileWriter.write(data, to: "\(target)/\(name)")
    }
    // A run that an earlier version began has none.
    if let memory = FileManager.default.contents(atPath: "\(folder)/\(RecordFile.memory)") {
      try AtomicFileWriter.write(memory, to: "\(target)/\(RecordFile.memory)")
    }
  }

  private func removeRecords(answering specification: CellSpecification) throws {
    for record in try records() where record.specification == specification {
      try? FileManager.default.removeItem(atPath: record.folder)
    }
  }
}
