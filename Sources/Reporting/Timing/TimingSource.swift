import Configuration
import Experiments
import Foundation
import Training

/// All that a report of times is made from: a record and what was published.
public struct TimingSource: Sendable {
  /// The table.
  public let specification: TimingSpecification
  /// The scale.
  public let scale: TimingScale
  /// What was measured.
  public let record: TimingRecord
  /// The published numbers.
  public let published: PublishedTable?

  /// Creates a source.
  public init(
    _ specification: TimingSpecification, scale: TimingScale, record: TimingRecord, published: PublishedTable?
  ) {
    self.specification = specification
    self.scale = scale
    self.record = record
    self.published = published
  }

  /// Reads the record of a scale and the published numbers.
  ///
  /// - Throws: `Diagnostic` if either is wrong.
  public init(_ specification: TimingSpecification, scale: TimingScale, environment: ExperimentEnvironment) throws {
    let root = environment.results(at: scale.name).root
    self.init(
      specification, scale: scale, record: try TimingRecord(contentsOf: "\(root)/\(specification.name).json"),
      published: try specification.publishedFile.map(PublishedTable.init(contentsOf:)))
  }

  /// The sizes of the scale that were measured, in its order.
  var measured: [(size: TimingSize, record: TimingRecord.Size)] {
    scale.sizes.compactMap { size in record[size.size.label].map { (size, $0) } }
  }

  /// The sizes of the scale that were not.
  var missing: [String] { scale.sizes.map(\.size.label).filter { record[$0] == nil } }

  /// The rows that a measurement is without, a sentence each.
  func leftOut(_ size: TimingSize, _ group: TimingRecord.Group) -> [String] {
    specification.rows(at: size).filter { group.result[$0.label] == nil }.map {
      "\($0.label), \(group.batch.text) tokens: the machine had too little memory for it."
    }
  }

  /// How the linear layers of each row were computed that can be in several ways, a sentence each.
  func forms(_ size: TimingSize, _ record: TimingRecord.Size) -> [String] {
    specification.rows(at: size).compactMap { row in
      let forms = record.groups.compactMap { group in
        group.result[row.label].flatMap { $0.forms.isEmpty ? nil : (group.batch.text, $0.forms) }
      }
      guard let first = forms.first?.1 else { return nil }
      let text =
        forms.allSatisfy { $0.1 == first } ? first : forms.map { "\($0.1) at \($0.0)" }.joined(separator: ", ")
      return "\(row.label): layers computed \(text)."
    }
  }

  /// What was published of a row at a size, or nil.
  func number(_ quantity: PublishedQuantity, _ row: TimingRow, _ size: TimingSize) -> PublishedNumber? {
    guard let label = row.published, let column = size.size.published else { return nil }
    return published?.number(quantity, row: label, size: column)
  }

  /// Where the times and bytes of a size are from.
  func origin(of size: TimingSize) -> Origin? {
    record[size.size.label].map { record in
      let machine = Origin.circumstances([record.manifest])
      let file = "\(specification.name).json"
      return Origin(
        "Measured here, medians of the rounds; \(Origin.circumstances([record.manifest], isBrief: true))",
        full: "measured here, medians of the rounds in [\(file)](\(file)); \(machine)")
    }
  }

  /// The row that ratios are over.
  var baseline: TimingRow? { specification.rows.first { $0.label == specification.baseline } }
}
