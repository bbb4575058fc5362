import Configuration

/// The preparation of files of ids.
extension DataPreparer {
  func prepare(
    _ specification: DataSpecification, _ identity: ResolvedValue, _ tokens: TokenFileSpecification
  ) throws -> PreparedData {
    func open(_ path: LocalPath) throws -> RawTokenFile {
      try RawTokenFile(
        path: path.expanded(environment), vocabularySize: tokens.vocabularySize, width: tokens.width, ledger: ledger)
    }
    let length = specification.sequenceLength
    let file = try open(tokens.path)
    let validationFile = try tokens.validationPath.map(open)
    let total = file.tokenCount / length
    // What is held out stands at the end: rows that a longer training never reaches by going on.
    let held = validationFile == nil ? Self.share(tokens.shares.validation, of: total) : 0
    let tuned = Self.share(tokens.shares.tuning, of: total)
    func part(_ split: Split, _ file: RawTokenFile, _ rows: Range<Int>) -> PreparedData.Part {
      let rows = ConsecutiveRows(
        storage: file.storage, rows: rows, length: length, vocabularySize: tokens.vocabularySize,
        digest: Digest(of: identity.canonicalJSON + "\n" + split.rawValue))
      return PreparedData.Part(rows: rows, tokens: rows.rowCount * length)
    }
    let trainEnd = max(0, total - held - tuned)
    let validation =
      validationFile.map { part(.validation, $0, 0..<($0.tokenCount / length)) }
      ?? part(.validation, file, (total - held)..<total)
    return try PreparedData(
      specification: specification, identity: identity, name: file.path,
      parts: [
        .train: part(.train, file, 0..<trainEnd), .tuning: part(.tuning, file, trainEnd..<(total - held)),
        .validation: validation,
      ],
      corpusDigest: Digest(of: ([file] + (validationFile.map { [$0] } ?? [])).map(\.digest.hexadecimal).joined()))
  }

  /// A share of rows: at least one, unless the share is nothing.
  private static func share(_ share: Double, of rows: Int) -> Int {
    share == 0 ? 0 : min(rows, max(1, Int(share * Double(rows))))
  }
}
