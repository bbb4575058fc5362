import Foundation
import TestSupport

/// A shell script that stands in for the program that runs cells.
final class FakeProgram {
  let folder: TemporaryFolder
  let path: String

  init(_ script: String) throws {
    folder = try TemporaryFolder()
    path = folder.path + "/program"
    try "#!/bin/sh\n\(script)\n".write(toFile: path, atomically: true, encoding: .utf8)
    try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: path)
  }
}
