import CKernels.Versions

/// The versions of the kernels that this processor can run, the one that the dispatch takes first and the portable one
/// last.
package var kernelVersions: [slk_kernels] {
  var tables = [UnsafePointer<slk_kernels>?](repeating: nil, count: Int(SLK_MOST_VERSIONS))
  let count = slk_versions(&tables)
  return tables.prefix(count).map { $0!.pointee }
}

/// The kernels as the rest of the program calls them.
package var dispatchedKernels: slk_kernels { slk_dispatched().pointee }

extension slk_kernels {
  /// The instruction set, for the messages of tests.
  package var versionName: String { String(cString: version) }
}
