import Configuration
import Foundation
import MemoryAccounting
import Tensors
import TestSupport
import Testing
import Training

@Suite("Safetensors files") struct SafetensorsTests {
  private let memory = Memory()
  private let folder: TemporaryFolder
  private var path: String { folder.path + "/some.safetensors" }

  init() throws { folder = try TemporaryFolder() }

  private func tensor(_ rows: Int, _ columns: Int, _ value: (Int) -> Float = { Float($0) }) -> Tensor {
    let tensor = Tensor(rows: rows, columns: columns, category: .weights, in: memory)
    for position in 0..<tensor.count { tensor.base[position] = value(position) }
    return tensor
  }

  private func indices(_ values: [Int32]) -> IndexTensor {
    let indices = IndexTensor(count: values.count, category: .sparseIndex, in: memory)
    for (position, value) in values.enumerated() { indices.base[position] = value }
    return indices
  }

  /// Writes a file from its header's text and its data.
  private func write(_ header: String, _ data: [UInt8], length: UInt64? = nil) throws {
    var bytes = withUnsafeBytes(of: (length ?? UInt64(header.utf8.count)).littleEndian) { Array($0) }
    bytes += Array(header.utf8) + data
    try Data(bytes).write(to: URL(fileURLWithPath: path))
  }

  private func bytes(_ values: [some FixedWidthInteger]) -> [UInt8] {
    values.flatMap { value in withUnsafeBytes(of: value.littleEndian) { Array($0) } }
  }

  @Test("what is written is read back, bit for bit")
  func roundTrip() throws {
    let matrix = tensor(3, 5) { Float($0) * -0.3 }
    let vector = tensor(1, 4) { [.infinity, -0.0, .leastNonzeroMagnitude, 1 / 3][$0] }
    try SafetensorsWriter.write(
      [
        SafetensorsTensor("m", matrix), SafetensorsTensor("v", vector, shape: [4]),
        SafetensorsTensor("i", indices([7, -1])),
      ],
      metadata: ["method": "sltrain \"ü\""], to: path)
    let file = try SafetensorsFile(path: path)
    #expect(file.metadata == ["method": "sltrain \"ü\""])
    #expect(file.entries.mapValues(\.shape) == ["m": [3, 5], "v": [4], "i": [2]])
    #expect(file.entries.mapValues(\.type) == ["m": .f32, "v": .f32, "i": .i32])
    let (readMatrix, readVector, readIndices) = (tensor(3, 5), tensor(1, 4), indices([0, 0]))
    try file.read("m", into: readMatrix)
    try file.read("v", into: readVector)
    try file.read("i", into: readIndices)
    #expect(readMatrix.array.map(\.bitPattern) == matrix.array.map(\.bitPattern))
    #expect(readVector.array.map(\.bitPattern) == vector.array.map(\.bitPattern))
    #expect(readIndices.array == [7, -1])
  }

  @Test("the same tensors give the same bytes in any order, with aligned data")
  func deterministicBytes() throws {
    let tensors = [
      SafetensorsTensor("b", tensor(2, 3)), SafetensorsTensor("a", tensor(1, 1)), SafetensorsTensor("c", indices([5])),
    ]
    try SafetensorsWriter.write(tensors, metadata: ["x": "1", "y": "2"], to: path)
    let first = try Data(contentsOf: URL(fileURLWithPath: path))
    try SafetensorsWriter.write(tensors.reversed(), metadata: ["y": "2", "x": "1"], to: path)
    #expect(try Data(contentsOf: URL(fileURLWithPath: path)) == first)
    let header = first.withUnsafeBytes { UInt64(littleEndian: $0.loadUnaligned(as: UInt64.self)) }
    #expect(header % 8 == 0)
    #expect(first.count == 8 + Int(header) + 4 * (1 + 6 + 1))
  }

  @Test("a tensor that is worked out when its turn comes is written like one that stands in memory")
  func produced() throws {
    let values = tensor(2, 2) { Float($0) + 0.5 }
    try SafetensorsWriter.write([SafetensorsTensor("w", values)], to: path)
    let direct = try Data(contentsOf: URL(fileURLWithPath: path))
    try SafetensorsWriter.write([SafetensorsTensor("w", shape: [2, 2]) { try $0(values) }], to: path)
    #expect(try Data(contentsOf: URL(fileURLWithPath: path)) == direct)
  }

  @Test("halves and doubles become 32-bit numbers, wherever their bytes stand")
  func conversion() throws {
    // A byte in front leaves every other tensor unaligned.
    let header = """
      {"a":{"dtype":"U8","shape":[1],"data_offsets":[0,1]},"bf":{"dtype":"BF16","shape":[2],"data_offsets":[1,5]},\
      "d":{"dtype":"F64","shape":[1,2],"data_offsets":[5,21]},"h":{"dtype":"F16","shape":[2],"data_offsets":[21,25]},\
      "i":{"dtype":"I64","shape":[2],"data_offsets":[25,41]}}
      """
    let data =
      [9] + bytes([0x3F80, 0xC049] as [UInt16]) + bytes([(0.1).bitPattern, (-2.5).bitPattern] as [UInt64])
      + bytes([0x3C00, 0x0001] as [UInt16]) + bytes([3, -4] as [Int64])
    try write(header, data)
    let file = try SafetensorsFile(path: path)
    let pair = tensor(1, 2)
    try file.read("bf", into: pair)
    #expect(pair.array == [1, -3.140625])
    try file.read("d", into: pair)
    #expect(pair.array == [0.1, -2.5])
    try file.read("h", into: pair)
    #expect(pair.array == [1, 0x1p-24])
    let whole = indices([0, 0])
    try file.read("i", into: whole)
    #expect(whole.array == [3, -4])
  }

  @Test(
    "a damaged file is refused with the reason",
    arguments: [
      (#"{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,4]}}"#, 4, "a F32 of shape [2] takes 8 bytes"),
      (#"{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}"#, 4, "tensor 'a': its bytes end at 8"),
      (#"{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}"#, 6, "2 bytes after the last tensor"),
      (#"{"a":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}}"#, 8, "4 bytes before tensor 'a'"),
      (#"{"a":{"dtype":"F31","shape":[1],"data_offsets":[0,4]}}"#, 4, "unknown dtype 'F31'"),
      (#"{"a":{"dtype":"F32","shape":[-1],"data_offsets":[0,4]}}"#, 4, "gives no shape"),
      (#"{"a":{"dtype":"F32","shape":[1],"data_offsets":[4,0]}}"#, 4, "gives no data_offsets"),
      (#"{"a":{"dtype":"F32","shape":[9999999999,9999999999],"data_offsets":[0,4]}}"#, 4, "more bytes than can be"),
      (#"{"a":{"shape":[1],"data_offsets":[0,4]}}"#, 4, "gives no dtype"),
      (#"{"a":[]}"#, 0, "gives no dtype"),
      (#"{"a":"#, 0, "not a JSON object"),
      (#"{"__metadata__":{"n":1}}"#, 0, "must be a mapping of texts"),
      (
        #"{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]},"b":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}}"#,
        8, "'a' and 'b' overlap"
      ),
    ])
  func damaged(header: String, dataCount: Int, reason: String) throws {
    try write(header, [UInt8](repeating: 0, count: dataCount))
    expectFault(reason) { _ = try SafetensorsFile(path: path) }
  }

  @Test("a foreign, empty, cut or missing file is refused with the reason")
  func foreign() throws {
    let cases: [(bytes: [UInt8], reason: String)] = [
      ([], "is not a safetensors file: it has 0 bytes"), ([1, 2, 3], "is not a safetensors file: it has 3 bytes"),
      (Array("PK\u{3}\u{4} a zip of tensors".utf8), "is not a safetensors file: no JSON header"),
      (bytes([0] as [UInt64]), "is not a safetensors file: no JSON header"),
      (bytes([400] as [UInt64]) + Array("{}".utf8), "the header's length is 400 bytes, but only 2 follow"),
      (bytes([UInt64.max]) + Array("{}".utf8), "but only 2 follow"),
    ]
    for (bytes, reason) in cases {
      try Data(bytes).write(to: URL(fileURLWithPath: path))
      expectFault(reason) { _ = try SafetensorsFile(path: path) }
    }
    expectFault("No such file", naming: "none.safetensors") { _ = try SafetensorsFile(path: "none.safetensors") }
    expectFault("is not a file", naming: folder.path) { _ = try SafetensorsFile(path: folder.path) }
  }

  @Test("no flipped bit of a header does more than a fault")
  func flippedBits() throws {
    try SafetensorsWriter.write([SafetensorsTensor("a", tensor(1, 2)), SafetensorsTensor("b", indices([1]))], to: path)
    let whole = [UInt8](try Data(contentsOf: URL(fileURLWithPath: path)))
    var refused = 0
    for bit in 0..<8 * (whole.count - 12) {
      var damaged = whole
      damaged[bit / 8] ^= 1 << (bit % 8)
      try Data(damaged).write(to: URL(fileURLWithPath: path))
      do {
        let file = try SafetensorsFile(path: path)
        try file.read("a", into: tensor(1, 2))
        try file.read("b", into: indices([0]))
      } catch is Diagnostic {
        refused += 1
      }
    }
    // A flip within white space, say, leaves a file that says the same.
    #expect(refused > 7 * (whole.count - 12))
  }

  @Test("a tensor of another name, type, shape or range is refused with both")
  func wrongTensor() throws {
    try SafetensorsWriter.write(
      [SafetensorsTensor("weight", tensor(2, 3)), SafetensorsTensor("places", indices([1]))], to: path)
    let file = try SafetensorsFile(path: path)
    expectFault("tensor 'weight': found shape [2, 3], expected [3, 2]") { try file.read("weight", into: tensor(3, 2)) }
    expectFault("tensor 'weight': found shape [2, 3], expected [6]") { try file.read("weight", into: tensor(1, 6)) }
    expectFault("there is no tensor 'wieght'; did you mean 'weight'?") { try file.read("wieght", into: tensor(2, 3)) }
    expectFault("'places': found dtype I32, expected F32") { try file.read("places", into: tensor(1, 1)) }
    expectFault("found shape [2, 3], expected [6]") { try file.read("weight", into: indices([0, 0, 0, 0, 0, 0])) }
    try write(#"{"i":{"dtype":"I64","shape":[1],"data_offsets":[0,8]}}"#, bytes([1 << 40] as [Int64]))
    expectFault("'i': element 0 is 1099511627776, which 32 bits cannot hold") {
      try SafetensorsFile(path: path).read("i", into: indices([0]))
    }
  }

  @Test("a sharded checkpoint reads like one file, and its index must match its shards")
  func shards() throws {
    try SafetensorsWriter.write([SafetensorsTensor("a", tensor(1, 2))], metadata: ["k": "1"], to: folder.path + "/1.st")
    try SafetensorsWriter.write([SafetensorsTensor("b", tensor(2, 1) { _ in 8 })], to: folder.path + "/2.st")
    let index = folder.path + "/model.safetensors.index.json"
    func writeIndex(_ map: String) throws {
      try #"{"metadata":{"total_size":16},"weight_map":\#(map)}"#.write(
        toFile: index, atomically: true, encoding: .utf8)
    }
    try writeIndex(#"{"a":"1.st","b":"2.st"}"#)
    let file = try SafetensorsFile(path: index)
    #expect(file.entries.keys.sorted() == ["a", "b"])
    #expect(file.metadata == ["k": "1"])
    let read = tensor(2, 1)
    try file.read("b", into: read)
    #expect(read.array == [8, 8])
    try writeIndex(#"{"a":"1.st","b":"2.st","c":"2.st"}"#)
    expectFault("lacks what \(index) lists: 'c'", naming: "2.st") { _ = try SafetensorsFile(path: index) }
    try writeIndex(#"{"a":"1.st"}"#)
    #expect(throws: Never.self) { _ = try SafetensorsFile(path: index) }
    try writeIndex(#"{"b":"1.st"}"#)
    expectFault("lacks", naming: "1.st") { _ = try SafetensorsFile(path: index) }
    try SafetensorsWriter.write(
      [SafetensorsTensor("a", tensor(1, 2)), SafetensorsTensor("z", tensor(1, 2))], to: folder.path + "/1.st")
    try writeIndex(#"{"a":"1.st"}"#)
    expectFault("holds what \(index) does not list for it: 'z'", naming: "1.st") {
      _ = try SafetensorsFile(path: index)
    }
    try writeIndex(#"{"a":"../1.st"}"#)
    expectFault("must be a name in the same folder", naming: index) { _ = try SafetensorsFile(path: index) }
    try writeIndex(#"{"a":"3.st"}"#)
    expectFault("No such file", naming: "3.st") { _ = try SafetensorsFile(path: index) }
    try writeIndex("7")
    expectFault("has no 'weight_map'", naming: index) { _ = try SafetensorsFile(path: index) }
  }

  @Test("a file that cannot be written is a fault of its own kind, and leaves nothing")
  func cannotWrite() throws {
    try Data("in the way".utf8).write(to: URL(fileURLWithPath: folder.path + "/plain"))
    let path = folder.path + "/plain/some.safetensors"
    let fault = #expect(throws: Diagnostic.self) {
      try SafetensorsWriter.write([SafetensorsTensor("a", tensor(1, 1))], to: path)
    }
    #expect(fault?.kind == .cannotWrite)
    struct Broken: Error {}
    #expect(throws: Broken.self) {
      try SafetensorsWriter.write(
        [SafetensorsTensor("a", tensor(1, 1)), SafetensorsTensor("b", shape: [1]) { _ in throw Broken() }],
        to: self.path)
    }
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == ["plain"])
  }

  @Test("a disk that fills up while a file is written leaves no file")
  func fullDisk() async {
    await #expect(processExitsWith: .success) {
      let folder = try TemporaryFolder()
      signal(SIGXFSZ, SIG_IGN)
      var limit = rlimit(rlim_cur: 1 << 16, rlim_max: 1 << 16)
      guard setrlimit(__rlimit_resource_t(RLIMIT_FSIZE.rawValue), &limit) == 0 else { exit(2) }
      let large = Tensor(rows: 512, columns: 512, category: .weights, in: Memory())
      do {
        try SafetensorsWriter.write([SafetensorsTensor("a", large)], to: folder.path + "/a.safetensors")
        exit(3)
      } catch let fault as Diagnostic {
        guard fault.kind == .cannotWrite else { exit(4) }
      }
      guard try FileManager.default.contentsOfDirectory(atPath: folder.path).isEmpty else { exit(5) }
    }
  }

  /// Expects a data fault whose line names the file and gives the reason.
  private func expectFault(
    _ reason: String, naming file: String? = nil, sourceLocation: SourceLocation = #_sourceLocation,
    _ body: () throws -> Void
  ) {
    let fault = #expect(throws: Diagnostic.self, sourceLocation: sourceLocation) { try body() }
    let line = fault?.description ?? ""
    #expect(fault?.kind == .data, sourceLocation: sourceLocation)
    #expect(line.contains(reason), sourceLocation: sourceLocation)
    #expect(line.contains(file ?? path), sourceLocation: sourceLocation)
    #expect(!line.contains("\n"), sourceLocation: sourceLocation)
  }
}
