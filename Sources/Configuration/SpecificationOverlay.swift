/// Values laid over one another: bases, defaults, variables.
extension SpecificationNode {
  /// A value that stands in no file: what the program sets itself.
  ///
  /// - Parameters:
  ///   - place: the place that errors about it name.
  ///   - path: how errors name the value.
  public init(_ value: ResolvedValue, at place: Diagnostic.Place, path: String) {
    let content: Content
    switch value {
    case .object(let members):
      content = .mapping(
        members.sorted { $0.key < $1.key }.map { key, value in
          let inner = path.isEmpty ? key : "\(path).\(key)"
          return Member(key: key, place: place, value: SpecificationNode(value, at: place, path: inner))
        })
    case .array(let values):
      content = .list(
        values.enumerated().map { SpecificationNode($0.element, at: place, path: "\(path)[\($0.offset)]") })
    default: content = .scalar(Scalar(value))
    }
    self.init(content: content, place: place, path: path)
  }

  /// This value laid over `base`: members of both that are mappings merge, others of this one win.
  public func merged(over base: SpecificationNode) -> SpecificationNode {
    guard case .mapping(var result) = base.content, case .mapping(let own) = content else { return self }
    for member in own {
      if let index = result.firstIndex(where: { $0.key == member.key }) {
        result[index].place = member.place
        result[index].value = member.value.merged(over: result[index].value)
      } else {
        result.append(member)
      }
    }
    return SpecificationNode(content: .mapping(result), place: place, path: path)
  }

  /// This mapping without some of its keys: what a base specification is not inherited for, say.
  public func removing(_ keys: [String]) -> SpecificationNode {
    guard case .mapping(let members) = content else { return self }
    return SpecificationNode(content: .mapping(members.filter { !keys.contains($0.key) }), place: place, path: path)
  }

  /// This mapping with the members of another in the place of its own, or added to it.
  public func replacingMembers(by other: SpecificationNode) -> SpecificationNode {
    guard case .mapping(let own) = content, case .mapping(let new) = other.content else { return self }
    let names = Set(new.map(\.key))
    return SpecificationNode(content: .mapping(own.filter { !names.contains($0.key) } + new), place: place, path: path)
  }

  /// This value under another name, for errors about it; what is in it keeps its names.
  public func named(_ path: String) -> SpecificationNode {
    SpecificationNode(content: content, place: place, path: path)
  }

  /// This mapping with a key set to a value.
  public func setting(_ key: String, to value: SpecificationNode) -> SpecificationNode {
    guard case .mapping(var members) = content else { return self }
    members.removeAll { $0.key == key }
    members.append(Member(key: key, place: value.place, value: value))
    return SpecificationNode(content: .mapping(members), place: place, path: path)
  }

  /// This value with every word `$name` in it replaced by the variable of that name, which keeps its own place.
  ///
  /// - Throws: ``Diagnostic`` at a word that names no variable, with a guess at what was meant.
  public func substituting(_ variables: [String: SpecificationNode]) throws -> SpecificationNode {
    let replaced: Content
    switch content {
    case .mapping(let members):
      replaced = .mapping(
        try members.map { Member(key: $0.key, place: $0.place, value: try $0.value.substituting(variables)) })
    case .list(let elements): replaced = .list(try elements.map { try $0.substituting(variables) })
    case .scalar(let scalar):
      guard let name = Self.variableName(in: scalar.text) else { return self }
      guard let value = variables[name] else {
        let hint =
          variables.isEmpty ? "there are no variables here" : Suggestion.clause(for: name, in: variables.keys)
        throw error("unknown variable '$\(name)'; \(hint)")
      }
      return SpecificationNode(content: value.content, place: value.place, path: path)
    }
    return SpecificationNode(content: replaced, place: place, path: path)
  }

  /// The name after the dollar sign, if the text is a variable and nothing else.
  private static func variableName(in text: String) -> String? {
    guard text.hasPrefix("$"), let first = text.dropFirst().first, first.isLetter,
      text.dropFirst().allSatisfy({ $0.isLetter || $0.isNumber })
    else { return nil }
    return String(text.dropFirst())
  }
}
