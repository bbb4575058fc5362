import CKernels.Versions
import Foundation
import TestSupport
import Testing

@Suite("Vector kernels")
struct KernelTests {
  static let sizes = [1, 2, 7, 8, 9, 15, 16, 17, 31, 33, 64, 100, 130]

  @Test("All versions of a kernel give the same bits, whatever the size and the alignment", arguments: KernelCase.all)
  func versionsAgree(kernel: KernelCase) {
    let (dispatched, versions) = (dispatchedKernels, kernelVersions)
    for size in Self.sizes {
      let expected = kernel.run(dispatched, size, 0).map(\.bitPattern)
      for version in versions {
        for offset in [0, 1, 3] {
          let found = kernel.run(version, size, offset).map(\.bitPattern)
          #expect(found == expected, "\(version.versionName), \(size) at \(offset)")
        }
      }
    }
  }

  @Test("The version in use is the first of those that the processor can run, and the portable one is the last")
  func choice() {
    #expect(String(cString: slk_version()) == kernelVersions[0].versionName)
    #expect(kernelVersions.last?.versionName == "portable")
  }

  @Test("A kernel gives what a scalar loop in double precision gives", arguments: KernelCase.all)
  func matchesReference(kernel: KernelCase) {
    for size in Self.sizes {
      let result = kernel.run(dispatchedKernels, size, 1)
      let reference = kernel.reference(size)
      #expect(result.count == reference.count)
      let scale = max(1, reference.map(abs).max() ?? 1)
      let worst = zip(result, reference).map { abs(Double($0) - $1) }.max() ?? .infinity
      #expect(worst <= kernel.tolerance * scale, "\(size): off by \(worst)")
    }
  }

  @Test("Cross-entropy holds where logits are far apart")
  func wideLogits() {
    var logits: [Float] = [-200, 0, 80, 79, -3, 1e4, 9_990, 9_999, 0.5, -1e30]
    var loss: [Float] = [0, 0]
    slk_cross_entropy_forward(logits, [4, 1], &loss, 2, 5)
    #expect(abs(Double(loss[0]) - (83 + log1p(exp(-1.0)))) < 1e-5)
    #expect(abs(Double(loss[1]) - (10 + log1p(exp(-1) + exp(-10)))) < 1e-2)
    slk_cross_entropy(&logits, [4, 1], &loss, 2, 5, 1)
    let rest = 1 / (1 + exp(-1.0))
    #expect(zip(logits[0..<5], [0, 0, rest, 1 - rest, -1]).allSatisfy { abs(Double($0) - $1) < 1e-6 })
    #expect(logits[9] == 0 && logits.allSatisfy { $0.isFinite })
  }
}
