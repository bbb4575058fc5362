import Foundation
import MemoryAccounting
import Tensors
import Training

/// A panel's axes, and what stands beside them.
struct MemoryTimelinePanel {
  let panel: MemoryTimelineFigure.Panel
  let index: Int
  /// The height of the panel's upper edge above the figure's lower one.
  let top: Double
  /// The height of the whole figure.
  let height: Double
  /// The bytes that the upright axis has room for, the same in all panels.
  let most: Int

  static let height = 284.0
  private static let left = 74.0
  private static let right = 196.0
  private static let above = 44.0
  private static let below = 60.0
  private static let labelGap = 16.0
  /// Pixels of a phase; what they leave is shared by the blocks of the backward pass.
  private static let phaseWidth = 74.0
  private static let plotWidth = MemoryTimelineFigure.width - left - right

  private var samples: [MemorySample] { panel.part.samples }
  private var stretches: [Range<Double>] { Self.stretches(of: samples) }
  private var plotTop: Double { top - Self.above }
  private var plotBottom: Double { top - Self.height + Self.below }
  private var unit: (scale: Double, name: String) { most >= 10_000_000_000 ? (1e9, "GB") : (1e6, "MB") }
  private var yEnd: Double { max(1.06 * Double(most) / unit.scale, 1e-6) }

  /// Where each phase lies on the axis, in pixels from its start.
  static func stretches(of samples: [MemorySample]) -> [Range<Double>] {
    let blocks = samples.count { $0.phase.block != nil }
    let others = samples.count - blocks
    let otherWidth = blocks == 0 ? plotWidth / Double(max(1, others)) : phaseWidth
    let blockWidth = (plotWidth - otherWidth * Double(others)) / Double(max(1, blocks))
    var start = 0.0
    return samples.map { sample in
      let end = start + (sample.phase.block == nil ? otherWidth : blockWidth)
      defer { start = end }
      return start..<end
    }
  }

  /// - Parameter columns: the categories of the data, one after another.
  func script(data: String, columns: [MemoryCategory]) -> String {
    let present = columns.filter { category in samples.contains { $0.inUse(category) > 0 } }
    var lines = [
      "set lmargin at screen \(x(Self.left)); set rmargin at screen \(x(Self.left + Self.plotWidth))",
      "set bmargin at screen \(y(plotBottom)); set tmargin at screen \(y(plotTop))",
      "set ylabel 'Memory in use (\(unit.name))' offset 0.5,0",
      "set xrange [0:\(pixels(Self.plotWidth))]; set yrange [0:\(yEnd)]", "set xtics scale 0.8 (\(phaseTicks))",
      "set ytics \(Ticks.list(Ticks.linear(0...yEnd, count: 6)))",
      "set label 101 '\(quoted(panel.title))' at screen \(x(Self.left)),\(y(plotTop + 30))",
      "set label 102 '\(quoted(note))' at screen \(x(Self.left)),\(y(plotTop + 12)) font ',12' textcolor rgb '#555555'",
      "set label 103 'Phases of \(panel.part.moment.name), in their order; the widths have no meaning' at screen "
        + "\(x(Self.left + Self.plotWidth / 2)),\(y(plotBottom - 46)) center font ',12'",
    ]
    lines += phaseLabels + categoryLabels(present)
    // From the whole stack down, each area over the one before.
    let areas = present.reversed().flatMap { category -> [String] in
      let last = columns.firstIndex(of: category) ?? 0
      let sum = (0...last).map { "$\($0 + 2)" }.joined(separator: "+")
      let source = "'\(data)' index \(index) using 1:((\(sum))/\(unit.scale))"
      return [
        "\(source) with filledcurves y=0 fs solid 1.0 noborder lc rgb '\(MemoryFigure.colour(category))'",
        "\(source) with lines lw 0.8 lc rgb '#222222'",
      ]
    }
    lines.append("plot " + areas.joined(separator: ", \\\n  "))
    return lines.joined(separator: "\n") + "\nunset label\nunset arrow\n"
  }

  private var note: String {
    "\(text(panel.peak.inUse)) at most, in the phase '\(panel.peak.phase.name)'; "
      + "temporaries: the most at once in each phase"
  }

  /// A tick between phases that follow each other; blocks of the backward pass that are narrow have none among them.
  private var phaseTicks: String {
    let isWide = stretches.allSatisfy { $0.upperBound - $0.lowerBound >= 5 }
    let inner = zip(zip(samples, samples.dropFirst()), stretches).filter { neighbours, _ in
      isWide || neighbours.0.phase.block == nil || neighbours.1.phase.block == nil
    }
    return inner.map { "'' \(pixels($1.upperBound))" }.joined(separator: ", ")
  }

  /// Each phase's name below it, a long one in two lines; one name for all blocks of the backward pass.
  private var phaseLabels: [String] {
    var names: [(text: String, stretch: Range<Double>)] = []
    var firstBlock: Int?
    for (sample, stretch) in zip(samples, stretches) {
      guard let block = sample.phase.block else {
        names.append((sample.phase.name.replacing(" ", with: "\\n"), stretch))
        firstBlock = nil
        continue
      }
      if let firstBlock, let name = names.popLast() {
        names.append(("backward, blocks\\n\(firstBlock)…\(block)", name.stretch.lowerBound..<stretch.upperBound))
      } else {
        names.append(("backward, block\\n\(block)", stretch))
        firstBlock = block
      }
    }
    return names.enumerated().map { number, name in
      let middle = Self.left + (name.stretch.lowerBound + name.stretch.upperBound) / 2
      return "set label \(201 + number) \"\(name.text)\" at screen \(x(middle)),\(y(plotBottom - 13)) center font ',12'"
    }
  }

  /// Each category's name and bytes to the right of its area, none over another, with a stroke from the area to them.
  private func categoryLabels(_ categories: [MemoryCategory]) -> [String] {
    let last = samples[samples.count - 1]
    var base = 0
    let middles = categories.map { category -> Double in
      defer { base += last.inUse(category) }
      let middle = (Double(base) + Double(last.inUse(category)) / 2) / unit.scale
      return plotBottom + (plotTop - plotBottom) * middle / yEnd
    }
    let heights = LabelPlacement.spread(middles, gap: Self.labelGap, in: (plotBottom + 4)...(plotTop - 4))
    return categories.indices.flatMap { number -> [String] in
      let category = categories[number]
      let most = samples.map { $0.inUse(category) }.max() ?? 0
      let name = category == .workspace ? "temporaries, up to" : category.rawValue
      let (from, to) = (Self.left + Self.plotWidth, Self.left + Self.plotWidth + 20)
      return [
        "set arrow \(number + 1) from screen \(x(from)),\(y(middles[number])) to screen \(x(to)),\(y(heights[number])) "
          + "nohead lw 2 lc rgb '\(MemoryFigure.colour(category))' front",
        "set label \(number + 1) '\(name) \(text(most))' at screen \(x(to + 4)),\(y(heights[number])) left font ',12'",
      ]
    }
  }

  private func text(_ bytes: Int) -> String { DecimalText.count(Double(bytes)) + "B" }
  private func pixels(_ value: Double) -> String { DecimalText.fixed(value, places: 2) }
  private func x(_ pixels: Double) -> String { DecimalText.fixed(pixels / MemoryTimelineFigure.width, places: 5) }
  private func y(_ pixels: Double) -> String { DecimalText.fixed(pixels / height, places: 5) }
  private func quoted(_ text: String) -> String { text.replacing("'", with: "''") }
}

extension Phase {
  /// The block of a phase of the backward pass.
  fileprivate var block: Int? { if case .backward(let block) = self { block } else { nil } }
}
