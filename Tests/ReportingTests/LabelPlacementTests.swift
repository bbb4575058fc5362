import Reporting
import Testing

@Suite("Labels and ticks") struct LabelPlacementTests {
  private typealias Box = LabelPlacement.Box
  private typealias Mark = LabelPlacement.Mark
  private let bounds = Box(left: 0, bottom: 0, width: 700, height: 300)

  @Test("Labels of crowded marks overlap neither each other nor a mark, and stay inside")
  func crowd() {
    let marks = (0..<6).map { index in
      Mark(x: 150 + 70 * Double(index % 3), y: 120 + 40 * Double(index / 3), radius: 12, text: "Method \(index), 58M")
    }
    let labels = LabelPlacement(bounds: bounds).places(for: marks)
    for (index, label) in labels.enumerated() {
      #expect(label.box.outside(bounds) < 1e-9)
      for other in labels.dropFirst(index + 1) { #expect(label.box.overlap(other.box) == 0) }
      for mark in marks {
        let core = Box(left: mark.x - 8, bottom: mark.y - 8, width: 16, height: 16)
        #expect(label.box.overlap(core) == 0)
      }
    }
  }

  @Test("A mark alone has its label to the right, and at the right edge to the left")
  func alone() {
    let placement = LabelPlacement(bounds: bounds)
    let inside = placement.places(for: [Mark(x: 100, y: 100, radius: 10, text: "SLTrain")])
    #expect(inside[0].side == .right)
    #expect(!inside[0].needsLine)
    #expect(inside[0].anchor > 110)
    let edge = placement.places(for: [Mark(x: 690, y: 100, radius: 10, text: "SLTrain")])
    #expect(edge[0].side == .left)
    #expect(edge[0].anchor < 680)
  }

  @Test("Heights that are too near are spread about their own middle, in their own order")
  func spread() {
    let heights = LabelPlacement.spread([100, 102, 200, 98], gap: 10, in: 0...300)
    #expect(heights == [100, 110, 200, 90])
  }

  @Test("Spread heights stay in range, and groups that meet join")
  func spreadAtEdges() {
    #expect(LabelPlacement.spread([1, 2, 3], gap: 10, in: 0...300) == [0, 10, 20])
    #expect(LabelPlacement.spread([299, 300], gap: 10, in: 0...300) == [290, 300])
    #expect(LabelPlacement.spread([50, 50, 62], gap: 10, in: 0...300) == [44, 54, 64])
    #expect(LabelPlacement.spread([], gap: 10, in: 0...300).isEmpty)
  }

  @Test("Ticks are round numbers within the range")
  func ticks() {
    #expect(Ticks.linear(3.1...8.7, count: 8) == [4, 5, 6, 7, 8])
    #expect(Ticks.linear(0...36, count: 8) == [0, 5, 10, 15, 20, 25, 30, 35])
    #expect(Ticks.logarithmic(10...210) == [10, 15, 20, 30, 50, 70, 100, 150, 200])
    #expect(Ticks.logarithmic(58...76) == [60, 65, 70, 75])
    #expect(Ticks.logarithmic(2...50_000) == [10, 100, 1000, 10_000])
    #expect(Ticks.list([0.1, 0.25, 20]) == "('0.1' 0.1, '0.25' 0.25, '20' 20.0)")
  }
}
