import CKernels
import Foundation
import Tensors

/// Pins the OpenBLAS kernels, so that every x86-64 processor with AVX2 gives the same bits.
///
/// OpenBLAS reads its environment while it is loaded, before `main`; so the program sets it and starts itself again.
enum BlasCore {
  private static let variable = "OPENBLAS_CORETYPE"

  static func pin() {
    setenv("OPENBLAS_NUM_THREADS", "1", 1)
    guard ProcessInfo.processInfo.environment[variable] == nil, slk_has_avx2() != 0 else { return }
    setenv(variable, Numerics.pinnedCore, 1)
    var arguments = CommandLine.arguments.map { strdup($0) } + [nil]
    execv("/proc/self/exe", &arguments)
    // Only reached where a program cannot start itself again; the core in use is recorded all the same.
    unsetenv(variable)
  }
}
