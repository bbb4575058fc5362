import Configuration

/// The settings of a resolved specification by their paths: `optimizer.beta2`.
struct Settings: Equatable, Sendable {
  private let texts: [String: String]

  /// A setting that two specifications do not share.
  struct Difference: Hashable {
    let path: String
    let ours: String
    let theirs: String
  }

  /// The settings of a value.
  init(_ value: ResolvedValue) { texts = Self.leaves(value, "") }

  /// What differs from other settings, by path; a setting that one side does not have is `none` there.
  func differences(from other: Settings, leavingOut: Set<String> = []) -> [Difference] {
    Set(texts.keys).union(other.texts.keys).subtracting(leavingOut).sorted().compactMap { path in
      let (ours, theirs) = (texts[path] ?? "none", other.texts[path] ?? "none")
      return ours == theirs ? nil : Difference(path: path, ours: ours, theirs: theirs)
    }
  }

  private static func leaves(_ value: ResolvedValue, _ path: String) -> [String: String] {
    guard let members = value.objectValue else { return [path: text(value)] }
    return members.reduce(into: [:]) { result, member in
      let inner = leaves(member.value, path.isEmpty ? member.key : "\(path).\(member.key)")
      result.merge(inner) { first, _ in first }
    }
  }

  private static func text(_ value: ResolvedValue) -> String {
    value.stringValue ?? value.doubleValue.map(DecimalText.plain) ?? value.canonicalJSON
  }
}
