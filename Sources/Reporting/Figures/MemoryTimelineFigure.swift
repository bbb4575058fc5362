import Foundation
import MemoryAccounting
import Tensors
import Training

/// What memory is in use over the phases of one update: the categories over each other, what is always live at the
/// bottom and the temporaries of each phase on top.
public struct MemoryTimelineFigure {
  /// One run, on axes of its own; those of a figure have the same height for the same bytes.
  public struct Panel: Equatable, Sendable {
    /// What stands above it: the method.
    public var title: String
    /// The update.
    public var part: MemoryTimeline.Part

    /// Creates a panel of the second update of a run, or of the first where there is no second.
    ///
    /// - Returns: nil where the timeline has no update.
    public init?(title: String, timeline: MemoryTimeline) {
      guard let part = timeline.typicalUpdate, !part.samples.isEmpty else { return nil }
      self.title = title
      self.part = part
    }

    /// The phase in which most is in use.
    var peak: MemorySample { part.samples.max { $0.inUse < $1.inUse } ?? part.samples[0] }
  }

  /// What stands above the figure.
  public let title: String
  /// The panels, from top to bottom.
  public let panels: [Panel]

  static let width = 900.0
  private static let header = 34.0

  /// Creates a figure; nil where there are no panels.
  public init?(title: String, panels: [Panel]) {
    guard !panels.isEmpty else { return nil }
    self.title = title
    self.panels = panels
  }

  /// Creates a figure of one run; nil where its timeline has no update.
  public init?(title: String, timeline: MemoryTimeline) {
    self.init(title: title, panels: [Panel(title: "", timeline: timeline)].compactMap(\.self))
  }

  /// The figure as data and script.
  public func figure(name: String) -> Figure { Figure(name: name, data: data, script: script(name)) }

  /// The categories that take anything, from the bottom up; the temporaries lie on top of what stays.
  private var categories: [MemoryCategory] {
    (MemoryFigure.order.filter { $0 != .workspace } + [.workspace]).filter { category in
      panels.contains { $0.part.samples.contains { $0.inUse(category) > 0 } }
    }
  }

  /// One block a panel; a phase is two lines, one where it begins and one where it ends.
  private var data: String {
    "# place  bytes in use: " + categories.map(\.rawValue).joined(separator: ", ") + "\n"
      + panels.map { panel in
        let stretches = MemoryTimelinePanel.stretches(of: panel.part.samples)
        let title = panel.title.isEmpty ? "" : "# \(panel.title)\n"
        return title
          + zip(panel.part.samples, stretches).map { sample, stretch in
            let bytes = categories.map { " \(sample.inUse($0))" }.joined()
            let ends = [stretch.lowerBound, stretch.upperBound].map { DecimalText.fixed($0, places: 2) + bytes + "\n" }
            return "# \(sample.phase.name)\n" + ends.joined()
          }.joined()
      }.joined(separator: "\n\n")
  }

  private func script(_ name: String) -> String {
    let height = Self.header + Double(panels.count) * MemoryTimelinePanel.height
    var script = """
      # Memory in use over the phases of an update, by category. Data: \(name).dat
      set terminal svg size \(Int(Self.width)),\(Int(height)) font 'Arial,13' background '#ffffff'
      set encoding utf8
      set output '\(name).svg'
      set multiplot
      unset key
      set border 3 lc rgb '#444444'
      set tics nomirror out
      set grid ytics lc rgb '#dddddd' lt 1
      set label 901 '\(title.replacing("'", with: "''"))' at screen 0.015,\(DecimalText.fixed(1 - 20 / height, places: 5)) \
      font ',15'

      """
    let most = panels.map(\.peak.inUse).max() ?? 0
    for (index, panel) in panels.enumerated() {
      let top = height - Self.header - Double(index) * MemoryTimelinePanel.height
      script += MemoryTimelinePanel(panel: panel, index: index, top: top, height: height, most: most)
        .script(data: "\(name).dat", columns: categories)
    }
    return script + "unset multiplot\n"
  }
}
