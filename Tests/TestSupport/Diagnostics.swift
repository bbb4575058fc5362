import Configuration

/// The line that a user would read if `body` throws a diagnostic; `no error` if it throws nothing.
public func diagnosticText<Result>(_ body: () throws -> Result) -> String {
  do {
    _ = try body()
    return "no error"
  } catch let diagnostic as Diagnostic {
    return diagnostic.description
  } catch {
    return "not a diagnostic: \(error)"
  }
}
