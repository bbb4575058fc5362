import Configuration
import Corpus
import Files
import Foundation
import Modeling
import Tensors

/// A tensor to be written, with its key.
public struct SafetensorsTensor {
  /// The key.
  public let name: String
  let type: SafetensorsType
  let shape: [Int]
  private let produce: ((UnsafeRawBufferPointer) throws -> Void) throws -> Void

  /// A tensor as it is stored: in F32, BF16 or U8.
  ///
  /// - Parameter shape: what the file says, if not `[rows, columns]`: `[columns]` for a vector.
  public init(_ name: String, _ tensor: Tensor, shape: [Int]? = nil) {
    self.name = name
    type = SafetensorsType(tensor.elementType)
    self.shape = shape ?? [tensor.rows, tensor.columns]
    produce = { consume in try consume(UnsafeRawBufferPointer(tensor.bytes)) }
  }

  /// A list of whole numbers, in I32.
  public init(_ name: String, _ indices: IndexTensor) {
    self.name = name
    type = .i32
    shape = [indices.count]
    produce = { consume in try consume(UnsafeRawBufferPointer(indices.elements)) }
  }

  /// A layer's whole numbers, in I32; the list exists only while it is written.
  public init(_ name: String, _ indices: any LayerIndices) {
    self.name = name
    type = .i32
    shape = [indices.count]
    produce = { consume in try indices.array.withUnsafeBytes(consume) }
  }

  /// A tensor that is worked out when its turn comes, in F32: many such tensors need the memory of one.
  ///
  /// - Parameter produce: works the tensor out and hands it over; called once.
  public init(_ name: String, shape: [Int], produce: @escaping ((Tensor) throws -> Void) throws -> Void) {
    self.name = name
    self.type = .f32
    self.shape = shape
    self.produce = { consume in
      try produce { tensor in
        precondition(tensor.count == shape.reduce(1, *), "\(tensor.count) elements do not make \(shape)")
        try consume(UnsafeRawBufferPointer(tensor.elements))
      }
    }
  }

  var byteCount: Int { shape.reduce(type.byteCount, *) }

  func write(to file: AtomicFileWriter) throws {
    let start = file.byteCount
    try produce { try file.write($0) }
    precondition(file.byteCount == start + byteCount, "the tensor '\(name)' was not handed over")
  }
}

/// Writes safetensors files: ordered by key, aligned to 8 bytes, one tensor at a time.
public enum SafetensorsWriter {
  /// Writes a file under a temporary name beside `path`, syncs it and renames it.
  ///
  /// The same tensors and metadata give the same bytes, in whatever order they come.
  /// - Throws: `Diagnostic` if the file cannot be written; nothing is then left behind.
  public static func write(_ tensors: [SafetensorsTensor], metadata: [String: String] = [:], to path: String) throws {
    try prepare(tensors, metadata: metadata, to: path).commit()
  }

  /// Writes a file that gets its name when it is committed.
  static func prepare(
    _ tensors: [SafetensorsTensor], metadata: [String: String], to path: String
  ) throws -> AtomicFileWriter {
    let tensors = tensors.sorted { $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) }
    let file = try AtomicFileWriter(path: path)
    let header = header(of: tensors, metadata: metadata)
    try file.write(UInt64(header.count))
    try header.withUnsafeBytes { try file.write($0) }
    for tensor in tensors { try tensor.write(to: file) }
    return file
  }

  private static func header(of tensors: [SafetensorsTensor], metadata: [String: String]) -> [UInt8] {
    var members: [String: ResolvedValue] = [:]
    if !metadata.isEmpty { members[SafetensorsHeader.metadataKey] = .object(metadata.mapValues { .string($0) }) }
    var offset = 0
    for tensor in tensors {
      precondition(members[tensor.name] == nil, "two tensors have the name '\(tensor.name)'")
      members[tensor.name] = .object([
        "dtype": .string(tensor.type.rawValue),
        "shape": .array(tensor.shape.map { .integer($0) }),
        "data_offsets": .array([.integer(offset), .integer(offset + tensor.byteCount)]),
      ])
      offset += tensor.byteCount
    }
    var header = Array(ResolvedValue.object(members).canonicalJSON.utf8)
    while header.count % 8 != 0 { header.append(UInt8(ascii: " ")) }
    return header
  }
}
