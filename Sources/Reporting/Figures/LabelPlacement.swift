/// Finds places for labels beside round marks, such that neither labels nor marks overlap.
///
/// Coordinates are pixels, the second upward. The labels are placed one after another: each takes the first place around
/// its mark that is free, nearest first; where none is, the one that covers least.
package struct LabelPlacement {
  /// A rectangle along the axes.
  package struct Box {
    package var left: Double
    package var bottom: Double
    package var width: Double
    package var height: Double

    package init(left: Double, bottom: Double, width: Double, height: Double) {
      (self.left, self.bottom, self.width, self.height) = (left, bottom, width, height)
    }

    /// The upper edge.
    package var top: Double { bottom + height }

    /// The area that two rectangles share.
    package func overlap(_ other: Box) -> Double {
      let across = min(left + width, other.left + other.width) - max(left, other.left)
      let up = min(bottom + height, other.bottom + other.height) - max(bottom, other.bottom)
      return max(0, across) * max(0, up)
    }

    /// The area that lies outside another rectangle.
    package func outside(_ other: Box) -> Double { width * height - overlap(other) }
  }

  /// A round mark and the text that belongs to it.
  package struct Mark {
    package var x: Double
    package var y: Double
    package var radius: Double
    package var text: String

    package init(x: Double, y: Double, radius: Double, text: String) {
      (self.x, self.y, self.radius, self.text) = (x, y, radius, text)
    }

    /// How deep a rectangle reaches into the mark, as an area along its height.
    fileprivate func overlap(_ box: Box) -> Double {
      let across = x - max(box.left, min(x, box.left + box.width))
      let up = y - max(box.bottom, min(y, box.bottom + box.height))
      return max(0, radius + 1 - (across * across + up * up).squareRoot()) * box.height
    }
  }

  /// The side of its mark that a label stands on, and so how its text is aligned.
  package enum Side: String {
    case right = "left"
    case left = "right"
    case middle = "center"
  }

  /// Where a label stands, and whether it is so far from its mark that a line should join them.
  package struct Label {
    package var box: Box
    package var side: Side
    package var needsLine: Bool

    /// Where the text is anchored: its left end, its right end or its middle.
    package var anchor: Double {
      switch side {
      case .right: box.left
      case .left: box.left + box.width
      case .middle: box.left + box.width / 2
      }
    }
  }

  /// The rectangle that labels should stay in.
  package let bounds: Box
  /// The width of a character and the height of a line.
  let characterWidth = 6.9
  let lineHeight = 18.0

  package init(bounds: Box) { self.bounds = bounds }

  /// A place for the label of every mark, in their order.
  package func places(for marks: [Mark]) -> [Label] {
    var placed: [Box] = []
    return marks.map { mark in
      let candidates = self.candidates(mark)
      // Whole square pixels: what rounding leaves must not decide.
      let costs = candidates.map { cost(of: $0, for: mark, among: marks, placed).rounded() }
      let best = candidates.indices.min { costs[$0] < costs[$1] } ?? 0
      placed.append(candidates[best].box)
      return candidates[best]
    }
  }

  /// What a place covers, and a little if it lies towards another mark that is near.
  private func cost(of label: Label, for mark: Mark, among marks: [Mark], _ placed: [Box]) -> Double {
    let middle = label.box.bottom + lineHeight / 2
    let covered =
      placed.reduce(10 * label.box.outside(bounds)) { $0 + 2 * $1.overlap(label.box) }
      + marks.reduce(0) { $0 + $1.overlap(label.box) }
    let crowding = marks.filter { other in
      abs(other.x - mark.x) < 2 * mark.radius && other.y != mark.y && abs(other.y - mark.y) < 4 * lineHeight
        && (other.y - mark.y) * (middle - mark.y) > 0
    }
    return covered + 5 * Double(crowding.count)
  }

  /// Places around a mark: right, left, above, below and between, at growing distances.
  private func candidates(_ mark: Mark) -> [Label] {
    let width = Double(mark.text.count) * characterWidth
    return [0.0, 16, 32, 52, 76].flatMap { extra -> [Label] in
      let reach = mark.radius + 6 + extra
      let diagonal = reach * 0.72
      let starts: [(Double, Double, Side)] = [
        (reach, -lineHeight / 2, .right), (-reach - width, -lineHeight / 2, .left), (-width / 2, reach - 2, .middle),
        (-width / 2, 2 - reach - lineHeight, .middle), (diagonal, diagonal, .right),
        (diagonal, -diagonal - lineHeight, .right), (-diagonal - width, diagonal, .left),
        (-diagonal - width, -diagonal - lineHeight, .left),
      ]
      return starts.map { start in
        Label(
          box: Box(left: mark.x + start.0, bottom: mark.y + start.1, width: width, height: lineHeight),
          side: start.2, needsLine: extra > 0)
      }
    }
  }

  /// Heights for labels that stand in a column, `gap` apart at least and as near as can be to where each would be alone.
  ///
  /// Labels that would overlap form a group around the mean of their own heights; groups that meet join.
  package static func spread(_ heights: [Double], gap: Double, in range: ClosedRange<Double>) -> [Double] {
    struct Group {
      var members: [Int]
      var sum: Double
      func bottom(_ gap: Double, _ range: ClosedRange<Double>) -> Double {
        let extent = Double(members.count - 1) * gap
        let bottom = sum / Double(members.count) - extent / 2
        return max(range.lowerBound, min(bottom, range.upperBound - extent))
      }
    }
    var groups: [Group] = []
    for index in heights.indices.sorted(by: { (heights[$0], $0) < (heights[$1], $1) }) {
      groups.append(Group(members: [index], sum: heights[index]))
      while let last = groups.last, let before = groups.dropLast().last,
        last.bottom(gap, range) < before.bottom(gap, range) + Double(before.members.count) * gap
      {
        groups.removeLast(2)
        groups.append(Group(members: before.members + last.members, sum: before.sum + last.sum))
      }
    }
    var result = heights
    for group in groups {
      for (place, index) in group.members.enumerated() {
        result[index] = group.bottom(gap, range) + Double(place) * gap
      }
    }
    return result
  }
}
