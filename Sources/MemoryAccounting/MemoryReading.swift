/// The bytes of one category at one moment, as the ledger counts them and as the allocator does.
public struct MemoryReading: Equatable, Sendable {
  /// Live bytes as they were asked for.
  public var requested: Int
  /// Live bytes as the ledger counts what the allocator set aside.
  public var usable: Int
  /// Live bytes as the allocator itself counts them for the category's arena; nil where it does not.
  public var allocated: Int?
  /// Bytes of pages that the allocator holds for the arena, those included that nobody has written yet; nil where it
  /// does not say.
  public var resident: Int?

  /// Creates a reading.
  public init(requested: Int, usable: Int, allocated: Int? = nil, resident: Int? = nil) {
    self.requested = requested
    self.usable = usable
    self.allocated = allocated
    self.resident = resident
  }

  /// Whether ledger and allocator agree; true where the allocator does not count.
  public var agrees: Bool { allocated == nil || allocated == usable }
}
