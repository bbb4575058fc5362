import Foundation

/// A disk of a few megabytes in memory, to be filled up.
final class SmallDisk {
  /// Whether this process may mount one.
  static let isPossible: Bool = {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString).path
    defer { rmdir(folder) }
    return (try? SmallDisk(at: folder, kilobytes: 64, within: nil)) != nil
  }()

  private struct NotMounted: Error {}

  private let path: String
  private var filler: String { path + "/filler" }

  /// What the folder is in, which must not go before the disk.
  private let surroundings: AnyObject?

  /// Mounts a disk at a folder, which is made if it is not there.
  init(at path: String, kilobytes: Int, within surroundings: AnyObject?) throws {
    self.path = path
    self.surroundings = surroundings
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    guard try Program.shell("mount -t tmpfs -o size=\(kilobytes)k tmpfs '\(path)'", in: "/").code == 0 else {
      throw NotMounted()
    }
  }

  deinit { _ = try? Program.shell("umount '\(path)' || umount -l '\(path)'", in: "/") }

  /// Fills the disk but for some kilobytes.
  func fill(leaving kilobytes: Int) throws {
    try empty()
    let free = try FileManager.default.attributesOfFileSystem(forPath: path)[.systemFreeSize] as? NSNumber
    let size = max(0, (free?.intValue ?? 0) - kilobytes << 10)
    try Data(count: size).write(to: URL(fileURLWithPath: filler))
  }

  /// Takes away what filled it.
  func empty() throws {
    if FileManager.default.fileExists(atPath: filler) { try FileManager.default.removeItem(atPath: filler) }
  }
}
