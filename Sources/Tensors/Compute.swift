import COpenBLAS
import MemoryAccounting

/// What a computation runs with: threads, the memory ledger and temporaries.
public final class Compute {
  /// The threads.
  public let workers: Workers
  /// The ledger that every tensor is counted in.
  public let memory: Memory
  /// Temporaries within one operation.
  public let workspace: Workspace
  /// Who is told of the phases of a step; nobody where nothing is set.
  public var phaseObserver: (any PhaseObserver)?

  /// Creates a context; OpenBLAS is set to one thread, the blocks here being what runs side by side.
  ///
  /// - Parameter workspaceBytes: the size of the workspace, or nil to find it out on the way.
  public init(workers: Int = 1, memory: Memory = Memory(), workspaceBytes: Int? = nil) {
    openblas_set_num_threads(1)
    self.workers = Workers(workers, isIdle: memory.isPlanned)
    self.memory = memory
    workspace = Workspace(in: memory, byteCount: workspaceBytes)
    if !memory.isPlanned { BlasBuffers.find(for: workers) }
  }

  /// Whether the computation is only laid out: memory is counted, and no number is worked out.
  public var isPlanned: Bool { memory.isPlanned }

  /// A new matrix, filled with zeros.
  public func zeros(
    _ rows: Int, _ columns: Int, _ category: MemoryCategory, as elementType: ElementType = .float32
  ) -> Tensor {
    Tensor(rows: rows, columns: columns, elementType: elementType, category: category, in: memory)
  }
}

/// What identifies the arithmetic of a run: the same values give the same bits.
public enum Numerics {
  /// Raised with every change that moves a loss by a bit; part of every cell's identity.
  public static let version = 2
  /// The OpenBLAS kernels that the golden losses and the committed results were made with.
  public static let pinnedCore = "Haswell"
  /// The kernels in use: `Haswell`, `Zen`, `SkylakeX`, …
  public static var blasCore: String { String(cString: openblas_get_corename()) }
  /// OpenBLAS's version and build options.
  public static var blasConfiguration: String { String(cString: openblas_get_config()) }
}
