import Configuration

/// 128 bits that name a document's text: they find its duplicates and choose its split.
///
/// The key is of the text with every run of white space as one space and none at the ends, so that two copies that
/// differ in line breaks alone are one document and always fall into the same split.
package struct DocumentKey: Hashable, Sendable {
  private let high: UInt64
  private let low: UInt64

  /// The key of a text; `scratch` is memory to reuse.
  package init(of text: [UInt8], scratch: inout [UInt8]) {
    scratch.removeAll(keepingCapacity: true)
    var needsSpace = false
    for byte in text {
      if byte.isASCIISpace {
        needsSpace = !scratch.isEmpty
      } else {
        if needsSpace { scratch.append(0x20) }
        needsSpace = false
        scratch.append(byte)
      }
    }
    var stream = Digest.Stream()
    scratch.withUnsafeBytes { stream.update($0) }
    let bytes = stream.finish().bytes
    high = bytes.littleEndian(at: 0, as: UInt64.self)
    low = bytes.littleEndian(at: 8, as: UInt64.self)
  }

  /// The key of a text.
  package init(of text: String) {
    var scratch: [UInt8] = []
    self.init(of: Array(text.utf8), scratch: &scratch)
  }

  /// Where the text falls between 0 and 1, evenly over all texts.
  package var position: Double { Double(high >> 11) * 0x1p-53 }
}

/// The shares of a corpus that are held out.
public struct SplitShares: Equatable, Sendable {
  /// The share of documents that goes to ``Split/tuning``.
  public var tuning: Double
  /// The share of documents that goes to ``Split/validation``.
  public var validation: Double

  /// Creates shares.
  public init(tuning: Double, validation: Double) {
    self.tuning = tuning
    self.validation = validation
  }

  /// The split of a document: a function of its text alone, so it never moves, whatever else is in the corpus.
  package func split(of key: DocumentKey) -> Split {
    let position = key.position
    if position < validation { return .validation }
    return position < validation + tuning ? .tuning : .train
  }
}
