extension Origin {
  /// A number that was published.
  static func published(_ number: PublishedNumber, in table: PublishedTable) -> Origin {
    let source = table.sources.first { $0.id == number.source }?.text ?? number.source
    let notes = number.notes.compactMap { table.note($0)?.text }
    return Origin(
      "Published, \(table.name); \(number.status.rawValue): \(number.status.meaning)",
      full: (["published in \(table.name); **\(number.status.rawValue)**: \(number.status.meaning). Source: \(source)."]
        + notes).joined(separator: " "))
  }

  /// A number worked out from published ones.
  ///
  /// - Parameter how: what was done to them, as a clause: `with the factor n/(n + 1) undone`.
  static func derived(from number: PublishedNumber, in table: PublishedTable, how: String) -> Origin {
    let published = published(number, in: table)
    return Origin(
      "Worked out from the published number, \(how)", full: "worked out, \(how), from what was " + published.full)
  }
}
