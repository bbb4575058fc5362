#if arch(x86_64)
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
  }
#endif
