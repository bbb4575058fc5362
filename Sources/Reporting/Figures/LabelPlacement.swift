import Foundation

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

    /// The point of the rectangle that is nearest to a point.
    func nearest(toX x: Double, y: Double) -> (x: Double, y: Double) {
      (min(max(x, left), left + width), min(max(y, bottom), top))
    }

    /// Whether a point lies inside.
    func contains(_ x: Double, _ y: Double) -> Bool { x > left && x < left + width && y > bottom && y < top }

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
      let nearest = box.nearest(toX: x, y: y)
      return max(0, radius + 1 - hypot(x - nearest.x, y - nearest.y)) * box.height
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
    let near = marks.filter { other in
      abs(other.x - mark.x) < 2 * mark.radius && other.y != mark.y && abs(other.y - mark.y) < 4 * lineHeight
    }
    let crowding = near.filter { ($0.y - mark.y) * (middle - mark.y) > 0 }.count
    return covered + 5 * Double(crowding) + (label.needsLine ? crossings(label, of: mark, marks, placed) : 0)
  }

  /// What the line from a mark to its label runs over: marks that are not about it, and other labels.
  private func crossings(_ label: Label, of mark: Mark, _ marks: [Mark], _ placed: [Box]) -> Double {
    let steps = 24
    let (endX, endY) = label.box.nearest(toX: mark.x, y: mark.y)
    return (1...steps).reduce(0) { sum, step in
      let share = Double(step) / Double(steps)
      let x = mark.x + share * (endX - mark.x)
      let y = mark.y + share * (endY - mark.y)
      let strangers = marks.filter { other in
        hypot(other.x - x, other.y - y) < other.radius && hypot(other.x - mark.x, other.y - mark.y) > mark.radius
      }
      let boxes = placed.filter { $0.contains(x, y) }
      return sum + 20 * Double(strangers.count + boxes.count)
    }
  }

  /// Places around a mark: right, left, above, below and between, at growing distances.
  private func candidates(_ mark: Mark) -> [Label] {
    let width = Double(mark.text.count) * characterWidth
    return [0.0, 16, 32, 52, 76, 104].flatMap { extra -> [Label] in
      let reach = mark.radius + 6 + extra
      let half = lineHeight / 2
      let sides = [0.0, 45, -45, 25, -25, 65, -65].flatMap { degrees -> [(Double, Double, Side)] in
        // Steps between the diagonals are for labels with a line alone: beside the mark they would touch it.
        guard extra > 0 || degrees.magnitude.truncatingRemainder(dividingBy: 45) == 0 else { return [] }
        let (across, up) = (reach * cos(degrees * .pi / 180), reach * sin(degrees * .pi / 180))
        let bottom = up - half + (degrees == 0 ? 0 : degrees > 0 ? half : -half)
        return [(across, bottom, .right), (-across - width, bottom, .left)]
      }
      let above = (-width / 2, reach - 2, Side.middle)
      let below = (-width / 2, 2 - reach - lineHeight, Side.middle)
      return (Array(sides.prefix(2)) + [above, below] + sides.dropFirst(2)).map { start in
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
