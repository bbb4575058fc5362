import Foundation
import TestSupport

/// A shell script that stands in for the program that runs cells.
final class FakeProgram {
  let folder: TemporaryFolder
  let path: String

  init(_ script: String) throws {
    folder = try TemporaryFolder()
    path = folder.path + "/program"
    try "#!/bin/sh\n\(script)\n".write(toFile: path + ".txt", atomically: true, encoding: .utf8)
    // Another process makes the file: had this one it open for writing, a child of another test could inherit that, and
    // the system would refuse to run it.
    let install = Process()
    install.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    install.arguments = ["install", "-m", "755", path + ".txt", path]
    try install.run()
    install.waitUntilExit()
  }
}
