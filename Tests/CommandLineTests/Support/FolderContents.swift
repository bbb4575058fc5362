import Foundation

/// The files of a folder and below, by relative path.
struct FolderContents: Equatable {
  private(set) var files: [String: Data]

  /// Reads a folder; one that is not there is empty.
  ///
  /// - Parameter isLeftOut: which names are passed over.
  init(of folder: String, without isLeftOut: (_ name: String) -> Bool = { _ in false }) {
    files = [:]
    for path in FileManager.default.enumerator(atPath: folder)?.compactMap({ $0 as? String }) ?? [] {
      guard !isLeftOut((path as NSString).lastPathComponent) else { continue }
      var isFolder: ObjCBool = false
      let file = "\(folder)/\(path)"
      guard FileManager.default.fileExists(atPath: file, isDirectory: &isFolder), !isFolder.boolValue else { continue }
      files[path] = FileManager.default.contents(atPath: file)
    }
  }

  /// The results of a scale but for the manifests, which hold times, and the memory timelines, which hold what the
  /// system had in physical memory.
  static func results(of project: String, scale: String = "smoke") -> FolderContents {
    FolderContents(of: "\(project)/results/\(scale)") { ["manifest.json", "memory.json"].contains($0) }
  }

  /// The files that are not the same in two folders, with where they are.
  func difference(from other: FolderContents) -> [String] {
    Set(files.keys).union(other.files.keys).sorted().filter { files[$0] != other.files[$0] }.map { path in
      files[path] == nil ? "\(path) only there" : other.files[path] == nil ? "\(path) only here" : "\(path) differs"
    }
  }

  /// What a writer leaves that did not come to its end.
  var leftovers: [String] {
    files.keys.filter { path in
      path.hasSuffix(".partial")
        || path.split(separator: "/").dropLast().contains { $0.hasPrefix(".") && $0 != ".work" }
    }.sorted()
  }
}
