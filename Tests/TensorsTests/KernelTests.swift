#if arch(x86_64)
  import CKernels
  import Foundation
  import Testing

  @Suite("Vector kernels")
  struct KernelTests {
    static let sizes = [1, 2, 7, 8, 9, 15, 31, 64, 100]

    static let hasAVX2 = (try? String(contentsOfFile: "/proc/cpuinfo", encoding: .utf8))?.contains("avx2") ?? false

    @Test(
      "Both versions of a kernel give the same bits, whatever the size and the alignment", .enabled(if: hasAVX2),
      arguments: KernelCase.all)
    func versionsAgree(kernel: KernelCase) {
      for size in Self.sizes {
        let expected = kernel.run(.portable, size, 0).map(\.bitPattern)
        for offset in [0, 1, 3] {
          #expect(kernel.run(.avx2, size, offset).map(\.bitPattern) == expected, "AVX2, \(size) at \(offset)")
          #expect(kernel.run(.portable, size, offset).map(\.bitPattern) == expected, "portable, \(size) at \(offset)")
        }
      }
    }

    @Test("A kernel gives what a scalar loop in double precision gives", arguments: KernelCase.all)
    func matchesReference(kernel: KernelCase) {
      for size in Self.sizes {
        let result = kernel.run(.dispatched, size, 1)
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
#endif
