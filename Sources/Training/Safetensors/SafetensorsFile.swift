import Configuration
import Corpus
import Files
import Foundation
import MemoryAccounting
import Modeling
import Tensors

/// A safetensors file, or a checkpoint of several shards, mapped into memory and checked as a whole when it is opened.
///
///     let file = try SafetensorsFile(path: "model.safetensors")
///     try file.read("model.norm.weight", into: gain)
public final class SafetensorsFile {
  /// The path that was opened.
  public let path: String
  /// The tensors by key; with shards, those of all of them.
  public let entries: [String: SafetensorsEntry]
  /// The texts under `__metadata__`; with shards, those of the first shard that has the key.
  public let metadata: [String: String]
  private let mapped: [String: MappedFile]

  /// The files that hold the tensors, in order.
  var files: [String] { mapped.keys.sorted() }

  /// Opens `model.safetensors`, or the shards that a `model.safetensors.index.json` lists.
  ///
  /// - Throws: `Diagnostic` naming the file and what is wrong: not a safetensors file, a header that does not fit the
  ///   data, offsets that overlap or leave a gap, a shard or a tensor that the index lists and that is not there.
  public init(path: String) throws {
    self.path = path
    guard path.hasSuffix(".index.json") else {
      let file = try MappedFile(path: path)
      let header = try SafetensorsHeader(of: file)
      entries = header.entries
      metadata = header.metadata
      mapped = [path: file]
      return
    }
    let index = try SafetensorsIndex(path: path)
    var entries: [String: SafetensorsEntry] = [:]
    var metadata: [String: String] = [:]
    var mapped: [String: MappedFile] = [:]
    for shard in index.shards {
      let file = try MappedFile(path: shard.path)
      let header = try SafetensorsHeader(of: file)
      try index.check(header, of: shard)
      entries.merge(header.entries) { first, _ in first }
      metadata.merge(header.metadata) { first, _ in first }
      mapped[shard.path] = file
    }
    (self.entries, self.metadata, self.mapped) = (entries, metadata, mapped)
  }

  /// Reads a tensor of floating-point numbers: F32 as it is, F16 and BF16 exactly, F64 rounded to the nearest.
  ///
  /// A tensor that is stored in bf16 takes BF16 as it is and the others rounded to the nearest; one of codes takes U8 alone.
  /// - Parameter tensor: `[rows, columns]`; one row also takes a vector `[columns]`.
  /// - Throws: `Diagnostic` if the file has no such tensor, or one of another type or shape.
  public func read(_ name: String, into tensor: Tensor) throws {
    let entry = try entry(name)
    let isVector = tensor.rows == 1 && entry.shape == [tensor.columns]
    guard isVector || entry.shape == [tensor.rows, tensor.columns] else {
      let expected = tensor.rows == 1 ? "[\(tensor.columns)]" : "[\(tensor.rows), \(tensor.columns)]"
      throw fault(entry, "found shape \(entry.shape), expected \(expected)")
    }
    let bytes = bytes(of: entry)
    guard entry.type != SafetensorsType(tensor.elementType) else { return tensor.bytes.copyMemory(from: bytes) }
    guard tensor.elementType == .float32 else {
      guard tensor.elementType == .bfloat16 else {
        throw fault(entry, "found dtype \(entry.type.rawValue), expected U8")
      }
      // A ledger of its own: the reading is over before the run begins.
      let floats = Tensor(rows: tensor.rows, columns: tensor.columns, category: .workspace, in: Memory())
      try read(name, into: floats)
      return tensor.copy(from: floats)
    }
    let result = tensor.elements
    switch entry.type {
    case .f32: UnsafeMutableRawBufferPointer(result).copyMemory(from: bytes)
    case .f64: convert(bytes, to: result) { (bits: UInt64) in Float(Double(bitPattern: bits)) }
    case .f16: convert(bytes, to: result) { (bits: UInt16) in Float(Float16(bitPattern: bits)) }
    case .bf16: convert(bytes, to: result) { (bits: UInt16) in Float(bitPattern: UInt32(bits) << 16) }
    default: throw fault(entry, "found dtype \(entry.type.rawValue), expected F32, F16, BF16 or F64")
    }
  }

  /// Reads a vector of whole numbers of 32 or 64 bits.
  ///
  /// - Throws: `Diagnostic` if the file has no such tensor, one of another type or length, or a number that 32 bits
  ///   cannot hold.
  public func read(_ name: String, into indices: IndexTensor) throws {
    let entry = try entry(name)
    guard entry.shape == [indices.count] else {
      throw fault(entry, "found shape \(entry.shape), expected [\(indices.count)]")
    }
    let bytes = bytes(of: entry)
    switch entry.type {
    case .i32: UnsafeMutableRawBufferPointer(indices.elements).copyMemory(from: bytes)
    case .i64:
      for position in 0..<indices.count {
        let value = Int64(littleEndian: bytes.loadUnaligned(fromByteOffset: position * 8, as: Int64.self))
        guard let index = Int32(exactly: value) else {
          throw fault(entry, "element \(position) is \(value), which 32 bits cannot hold")
        }
        indices.base[position] = index
      }
    default: throw fault(entry, "found dtype \(entry.type.rawValue), expected I32 or I64")
    }
  }

  /// Reads a layer's whole numbers, of 32 or 64 bits.
  ///
  /// - Throws: `Diagnostic` if the file has no such tensor, one of another type or length, or a number that the layer does
  ///   not take.
  public func read(_ name: String, into indices: any LayerIndices) throws {
    // A ledger of its own: the list is there for a moment only, and is no part of what a run takes.
    let list = IndexTensor(count: indices.count, category: .data, in: Memory())
    try read(name, into: list)
    do throws(UnexpectedIndex) {
      try indices.take(UnsafeBufferPointer(list.elements))
    } catch {
      throw fault(try entry(name), error.description)
    }
  }

  private func entry(_ name: String) throws -> SafetensorsEntry {
    guard let entry = entries[name] else {
      let guess = Suggestion.nearest(to: name, in: entries.keys.sorted())
      let hint = guess.map { "did you mean '\($0)'?" } ?? "it holds \(list(entries.keys))"
      throw Diagnostic.file(path, .data, "there is no tensor '\(name)'; \(hint)")
    }
    return entry
  }

  private func bytes(of entry: SafetensorsEntry) -> UnsafeRawBufferPointer {
    UnsafeRawBufferPointer(rebasing: mapped[entry.file]!.bytes[entry.bytes])
  }

  private func fault(_ entry: SafetensorsEntry, _ message: String) -> Diagnostic {
    .file(entry.file, .data, "tensor '\(entry.name)': \(message)")
  }

  private func convert<Bits: FixedWidthInteger>(
    _ bytes: UnsafeRawBufferPointer, to result: UnsafeMutableBufferPointer<Float>, _ number: (Bits) -> Float
  ) {
    for position in 0..<result.count {
      let bits = bytes.loadUnaligned(fromByteOffset: position * MemoryLayout<Bits>.size, as: Bits.self)
      result[position] = number(Bits(littleEndian: bits))
    }
  }
}
