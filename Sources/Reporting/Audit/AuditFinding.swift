/// What a measurement says of a problem.
struct AuditFinding {
  /// The effect in a clause, or what is missing to know it.
  var effect: String
  /// Whether it could be measured.
  var isMeasured = true
  /// The numbers behind it, each with what stands above it.
  var tables: [(caption: String, table: DocumentTable)] = []

  /// A finding that there is none.
  static func missing(_ what: String) -> AuditFinding { AuditFinding(effect: what, isMeasured: false) }
}
