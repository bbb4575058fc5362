import Configuration
import Files
import Foundation

/// A corpus's documents on disk: one file a split, and the counts.
package struct ExtractedCorpus: Sendable {
  /// The folder that holds the files.
  package let folder: String
  /// What the documents depend on, in short.
  package let digest: Digest
  /// What was read and kept.
  package let counts: CorpusCounts

  /// The file of a split's documents.
  package func path(_ split: Split) -> String { Self.path(split, in: folder) }

  static func path(_ split: Split, in folder: String) -> String { "\(folder)/\(split.rawValue).documents" }

  /// The file whose presence says that all others are whole.
  static func summaryPath(in folder: String) -> String { "\(folder)/corpus.json" }

  /// Opens a corpus that has been extracted before; nil if it has not.
  ///
  /// - Throws: ``Diagnostic`` `.data` if one of its files is damaged.
  package init?(folder: String, digest: Digest) throws {
    let summary = Self.summaryPath(in: folder)
    guard let data = FileManager.default.contents(atPath: summary) else { return nil }
    let value = try ResolvedValue(json: data, file: summary)
    guard value["digest"]?.stringValue == digest.hexadecimal, let counts = value["counts"].flatMap(CorpusCounts.init)
    else {
      throw Diagnostic.file(summary, .data, "does not describe this corpus")
    }
    self.init(folder: folder, digest: digest, counts: counts)
  }

  private init(folder: String, digest: Digest, counts: CorpusCounts) {
    self.folder = folder
    self.digest = digest
    self.counts = counts
  }

  /// Reads a corpus's files, cleans their documents, drops duplicates and writes the splits.
  ///
  /// In memory are one document (one file, where a reader needs that) and, where duplicates are dropped, 16 bytes for
  /// each document kept. `progress` gets the documents found so far, now and then.
  package init(
    extracting specification: CorpusSpecification, files: [[SourceFile]], digest: Digest, to folder: String,
    progress: (_ documents: Int) -> Void
  ) throws {
    try? FileManager.default.removeItem(atPath: Self.summaryPath(in: folder))
    var extraction = try Extraction(specification, digest: digest, folder: folder)
    for (source, files) in zip(specification.sources, files) {
      extraction.counts.sources.append(CorpusCounts.Source(name: source.name))
      for file in files {
        try file.reader.read(file.open()) { text in
          try extraction.take(text, source.cleaning, file.split)
          if extraction.found % 1000 == 0 { progress(extraction.found) }
        }
      }
    }
    let counts = try extraction.finish()
    self.init(folder: folder, digest: digest, counts: counts)
    let summary = ResolvedValue.object([
      "corpus": .string(specification.name), "digest": .string(digest.hexadecimal), "counts": counts.resolved,
    ])
    try AtomicFileWriter.write(summary.prettyJSON.utf8, to: Self.summaryPath(in: folder))
  }

  private struct Extraction {
    var counts = CorpusCounts()
    var found = 0
    private let shares: SplitShares
    private let dropsDuplicates: Bool
    private let writers: [Split: DocumentFile.Writer]
    private var seen: Set<DocumentKey> = []
    private var scratch: [UInt8] = []

    init(_ specification: CorpusSpecification, digest: Digest, folder: String) throws {
      shares = specification.shares
      dropsDuplicates = specification.dropsDuplicates
      writers = try Dictionary(
        uniqueKeysWithValues: Split.allCases.map {
          ($0, try DocumentFile.Writer(path: ExtractedCorpus.path($0, in: folder), digest: digest))
        })
    }

    mutating func take(_ text: [UInt8], _ cleaning: Cleaning, _ split: Split?) throws {
      found += 1
      let source = counts.sources.count - 1
      counts.sources[source].found += 1
      guard let text = cleaning.apply(to: text) else {
        counts.sources[source].tooShort += 1
        return
      }
      let key = DocumentKey(of: text, scratch: &scratch)
      if dropsDuplicates, !seen.insert(key).inserted {
        counts.sources[source].duplicates += 1
        return
      }
      counts.sources[source].kept += 1
      counts.sources[source].keptBytes += text.count
      try writers[split ?? shares.split(of: key)]?.append(text)
    }

    mutating func finish() throws -> CorpusCounts {
      for (split, writer) in writers {
        try writer.commit()
        counts.splits[split] = .init(documents: writer.header.documents, bytes: writer.header.textBytes)
      }
      return counts
    }
  }
}
