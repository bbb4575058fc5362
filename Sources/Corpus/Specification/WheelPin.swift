import Configuration

/// One file of PyPI, pinned by version and by content.
public struct WheelPin: Equatable, Sendable {
  /// The package's name.
  public var package: String
  /// Its version.
  public var version: String
  /// The wheel's file name.
  public var file: String
  /// The wheel's SHA-256.
  public var sha256: Digest

  /// Creates a pin.
  public init(package: String, version: String, file: String, sha256: Digest) {
    self.package = package
    self.version = version
    self.file = file
    self.sha256 = sha256
  }

  /// Reads `{package, version, file, sha256}`.
  public init(reading node: SpecificationNode) throws {
    let mapping = try node.mapping(keys: ["package", "version", "file", "sha256"])
    package = try mapping.string("package")
    version = try mapping.string("version")
    file = try mapping.string("file")
    for (key, value) in [("package", package), ("version", version), ("file", file)]
    where value.isEmpty || value.hasPrefix("-") || value.contains("/") {
      throw mapping.error(key, "'\(key)' cannot be '\(value)'; expected the plain name that PyPI gives")
    }
    sha256 = try mapping.digest("sha256")
  }

  /// The pip requirement.
  var requirement: String { "\(package)==\(version)" }

  var resolved: ResolvedValue {
    .object([
      "package": .string(package), "version": .string(version), "file": .string(file),
      "sha256": .string(sha256.hexadecimal),
    ])
  }
}

extension SpecificationMapping {
  /// A SHA-256 in hexadecimal digits.
  func digest(_ key: String) throws -> Digest {
    let text = try string(key)
    guard let digest = Digest(hexadecimal: text) else {
      throw error(key, "'\(key)' is '\(text)'; expected a SHA-256 of 64 hexadecimal digits")
    }
    return digest
  }
}
