/// The circumstances of a run: everything about it that another run of the same cell may have otherwise.
public struct RunManifest: Equatable, Sendable {
  /// The commit of the sources, or empty outside a repository.
  public var commit: String
  /// Whether the sources had changes that no commit holds.
  public var isDirty: Bool
  /// The processor's name.
  public var processor: String
  /// The OpenBLAS kernels in use.
  public var blasCore: String
  /// OpenBLAS's version and build options.
  public var blasConfiguration: String
  /// Threads of the run.
  public var threads: Int
  /// The allocator that served it.
  public var allocator: String
  /// What the allocator's own counts said of the run's when all of its tensors were live; empty of an older record.
  public var arenas: String
  /// What ``arenas`` says where the allocator keeps no counts.
  public static let uncounted = "not counted by the allocator"
  /// How the linear layers were computed, where their method knows several ways; empty where it knows one.
  public var forms: String
  /// The Swift compiler that built it.
  public var compiler: String
  /// The table, row, size and purpose that the run was made for: another table may use the same record.
  public var requestedFor: String
  /// When the run started first, in ISO 8601.
  public var started: String
  /// When it was complete.
  public var ended: String
  /// Seconds of work, over all its parts where it was interrupted.
  public var seconds: Double
  /// Training tokens a second, evaluation excluded, padding excluded.
  public var tokensPerSecond: Double

  /// Creates a manifest.
  public init(
    commit: String, isDirty: Bool, processor: String, blasCore: String, blasConfiguration: String, threads: Int,
    allocator: String, compiler: String,
    requestedFor: String, started: String, ended: String, seconds: Double, tokensPerSecond: Double, arenas: String = "",
    forms: String = ""
  ) {
    self.commit = commit
    self.isDirty = isDirty
    self.processor = processor
    self.blasCore = blasCore
    self.blasConfiguration = blasConfiguration
    self.threads = threads
    self.allocator = allocator
    self.arenas = arenas
    self.forms = forms
    self.compiler = compiler
    self.requestedFor = requestedFor
    self.started = started
    self.ended = ended
    self.seconds = seconds
    self.tokensPerSecond = tokensPerSecond
  }
}
