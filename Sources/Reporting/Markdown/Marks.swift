/// The marks that a report has used, so that its legend explains those and no others.
final class Marks {
  private let published: PublishedTable?
  private(set) var statuses: [PublishedNumber.Status] = []
  private(set) var notes: [PublishedNote] = []
  private(set) var usesAgreement = false
  private(set) var usesPrediction = false

  init(published: PublishedTable?) { self.published = published }

  /// A published number with the marks of its status and its notes; empty of none.
  func marked(_ number: PublishedNumber?) -> DocumentCell {
    guard let number else { return "" }
    return DocumentCell(text(number.text, like: number) + references(number), from: origin(number))
  }

  /// A number worked out from a published one, with the mark of that one's status.
  ///
  /// - Parameter how: what was done to it, as a clause.
  func derived(_ text: String, from number: PublishedNumber, how: String) -> DocumentCell {
    DocumentCell(
      self.text(text, like: number), from: published.map { .derived(from: number, in: $0, how: how) })
  }

  /// A published number, and whether ours agrees with it to the digit printed.
  func compared(_ number: PublishedNumber?, agrees: (PublishedNumber) -> Bool) -> DocumentCell {
    guard let number else { return "" }
    usesAgreement = true
    return DocumentCell(
      text(number.text, like: number) + (agrees(number) ? " ✓" : " ✗") + references(number), from: origin(number))
  }

  /// A number of ours that is predicted and not measured.
  func predicted(_ text: String) -> String {
    usesPrediction = true
    return text + "ᵖ"
  }

  /// What the marks mean, one line each.
  var legend: [String] {
    var lines = PublishedNumber.Status.allCases.filter { statuses.contains($0) && !$0.mark.isEmpty }
      .map { "\($0.mark) \($0.meaning)." }
    if statuses.contains(.confirmed) { lines.append("Without a letter: \(PublishedNumber.Status.confirmed.meaning).") }
    if usesAgreement { lines.append("✓ our count agrees with the published number to its last digit; ✗ it does not.") }
    if usesPrediction {
      lines.append("ᵖ predicted: the run was laid out by the code that allocates, without memory, and not made.")
    }
    return lines
  }

  /// The notes referred to, in the order of their numbers.
  var footnotes: [String] { notes.enumerated().map { "\(Self.superscript($0.offset + 1)) \($0.element.text)" } }

  private func text(_ text: String, like number: PublishedNumber) -> String {
    if !statuses.contains(number.status) { statuses.append(number.status) }
    return text + number.status.mark
  }

  private func origin(_ number: PublishedNumber) -> Origin? { published.map { .published(number, in: $0) } }

  private func references(_ number: PublishedNumber) -> String {
    let numbers = number.notes.compactMap { published?.note($0) }.map { note -> String in
      if let index = notes.firstIndex(of: note) { return Self.superscript(index + 1) }
      notes.append(note)
      return Self.superscript(notes.count)
    }
    return numbers.isEmpty ? "" : " " + numbers.joined(separator: "˒")
  }

  private static func superscript(_ number: Int) -> String {
    let digits = Array("⁰¹²³⁴⁵⁶⁷⁸⁹")
    return String(String(number).map { digits[$0.wholeNumberValue!] })
  }
}
