import CMemory

/// This process's addresses as the operating system tells of them; on systems that do not, everything is nil.
package enum AddressSpace {
  /// Far more ranges than a program of a dozen libraries has.
  private static let mostRanges = 1 << 14

  /// Runs `body` and returns the addresses that were mapped while it ran.
  ///
  /// What is needed for the comparison is taken before, so that it is no part of the answer.
  package static func mapped(by body: () -> Void) -> [Range<UInt>]? {
    var before = [slt_range](repeating: slt_range(), count: mostRanges)
    var after = before
    let countBefore = slt_mapped_ranges(&before, Int32(mostRanges))
    body()
    let countAfter = slt_mapped_ranges(&after, Int32(mostRanges))
    func ranges(_ list: [slt_range], _ count: Int32) -> [Range<UInt>]? {
      (0...list.count).contains(Int(count)) ? list.prefix(Int(count)).map { $0.start..<$0.end } : nil
    }
    guard let earlier = ranges(before, countBefore), let later = ranges(after, countAfter) else { return nil }
    return difference(later, earlier)
  }

  /// What lies in one list of ranges and not in the other; both ascending.
  package static func difference(_ ranges: [Range<UInt>], _ others: [Range<UInt>]) -> [Range<UInt>] {
    var result: [Range<UInt>] = []
    var index = 0
    for range in ranges {
      var start = range.lowerBound
      while index < others.count, others[index].upperBound <= start { index += 1 }
      var next = index
      while next < others.count, others[next].lowerBound < range.upperBound {
        if others[next].lowerBound > start { result.append(start..<others[next].lowerBound) }
        start = max(start, others[next].upperBound)
        next += 1
      }
      if start < range.upperBound { result.append(start..<range.upperBound) }
    }
    return result
  }

  /// Bytes of physical memory behind some ranges: whole pages, each counted once however many ranges touch it.
  package static func residentBytes(of ranges: some Sequence<Range<UInt>>) -> Int? {
    let page = UInt(slt_page_size())
    let pages = ranges.filter { !$0.isEmpty }.map { range in
      range.lowerBound / page * page..<(range.upperBound + page - 1) / page * page
    }.sorted { $0.lowerBound < $1.lowerBound }
    var total = 0
    var end = UInt(0)
    for range in pages where range.upperBound > end {
      let bytes = slt_resident_bytes(max(range.lowerBound, end), range.upperBound)
      guard bytes >= 0 else { return nil }
      total += Int(bytes)
      end = range.upperBound
    }
    return total
  }
}
