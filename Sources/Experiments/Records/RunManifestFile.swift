import Configuration

extension RunManifest {
  /// The manifest as it is stored.
  public var resolved: ResolvedValue {
    .object([
      "commit": .string(commit), "dirty": .bool(isDirty), "processor": .string(processor),
      "blasCore": .string(blasCore), "blasConfiguration": .string(blasConfiguration), "threads": .integer(threads),
      "allocator": .string(allocator), "compiler": .string(compiler), "requestedFor": .string(requestedFor),
      "started": .string(started), "ended": .string(ended), "seconds": .number(seconds),
      "tokensPerSecond": .number(tokensPerSecond), "arenas": .string(arenas),
      "forms": .string(forms),
    ])
  }

  /// Reads a stored manifest; what is missing is empty, since nothing that is reported as a result depends on it.
  public init(_ value: ResolvedValue) {
    func text(_ key: String) -> String { value[key]?.stringValue ?? "" }
    self.init(
      commit: text("commit"), isDirty: value["dirty"]?.boolValue ?? false, processor: text("processor"),
      blasCore: text("blasCore"), blasConfiguration: text("blasConfiguration"),
      threads: value["threads"]?.integerValue ?? 0, allocator: text("allocator"), compiler: text("compiler"),
      requestedFor: text("requestedFor"), started: text("started"), ended: text("ended"),
      seconds: value["seconds"]?.doubleValue ?? 0, tokensPerSecond: value["tokensPerSecond"]?.doubleValue ?? 0,
      arenas: text("arenas"), forms: text("forms"))
  }
}
