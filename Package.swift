// swift-tools-version: 6.2
import PackageDescription

/// What lies beside the tests that use it and is no Swift: golden files, and scripts that print the tests' literals.
let testMaterial = [
  "MethodsTests": ["reference_galore.py"],
  "OptimizationTests": ["reference_adam.py", "reference_adam8bit.py", "adam8bit.json"], "TrainingTests": ["Golden"],
  "ReportingTests": ["Golden"], "BenchmarksTests": ["Golden"], "TensorsTests": ["digests.c", "digests.sh"],
]

/// The allocator that keeps books of its own, where the build has it.
let jemalloc = Target.Dependency.target(name: "CJemalloc", condition: .when(traits: ["Jemalloc"]))

let package = Package(
  name: "SLTrainBench",
  products: [
    .executable(name: "sltrain", targets: ["sltrain"])
  ],
  traits: [
    .trait(name: "Jemalloc", description: "Serve malloc and the memory accounting from jemalloc."),
    .default(enabledTraits: ["Jemalloc"]),
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.0"),
    .package(url: "https://github.com/jpsim/Yams", from: "6.2.0"),
  ],
  targets: [
    // System libraries, each a module map and nothing more.
    .systemLibrary(
      name: "COpenBLAS", pkgConfig: "openblas", providers: [.apt(["libopenblas-pthread-dev"])]),
    .systemLibrary(
      name: "CJemalloc", pkgConfig: "jemalloc", providers: [.apt(["libjemalloc-dev"])]),
    .systemLibrary(
      name: "CSentencePieceLibrary", pkgConfig: "sentencepiece",
      providers: [.apt(["libsentencepiece-dev"])]),
    .systemLibrary(name: "CZlib", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"])]),
    .systemLibrary(name: "CZip", pkgConfig: "libzip", providers: [.apt(["libzip-dev"])]),
    .systemLibrary(name: "CCrypto", pkgConfig: "libcrypto", providers: [.apt(["libssl-dev"])]),

    // C and C++ for what Swift cannot reach: macros, a C++ API, vector kernels.
    .target(
      name: "CMemory",
      dependencies: [jemalloc],
      cSettings: [.define("HAVE_JEMALLOC", .when(traits: ["Jemalloc"]))]),
    .target(name: "CSentencePiece", dependencies: ["CSentencePieceLibrary"]),
    .target(name: "CKernels", linkerSettings: [.linkedLibrary("m")]),

    // The rooms, from the floor up; each imports only from rooms above it in this list.
    .target(name: "Configuration", dependencies: ["CCrypto", .product(name: "Yams", package: "Yams")]),
    .target(name: "Files", dependencies: ["Configuration"]),
    .target(name: "MemoryAccounting", dependencies: ["CMemory"]),
    .target(name: "Tensors", dependencies: ["MemoryAccounting", "COpenBLAS", "CKernels"]),
    .target(
      name: "Corpus",
      dependencies: ["Configuration", "Files", "MemoryAccounting", "Tensors", "CSentencePiece", "CZlib", "CZip"]),
    .target(name: "Modeling", dependencies: ["Configuration", "Tensors", "MemoryAccounting", "CKernels"]),
    .target(
      name: "Optimization", dependencies: ["Configuration", "Modeling", "Tensors", "MemoryAccounting", "CKernels"]),
    .target(
      name: "Methods",
      dependencies: ["Configuration", "Optimization", "Modeling", "Tensors", "MemoryAccounting", "CKernels"]),
    .target(
      name: "Training",
      dependencies: [
        "Configuration", "Files", "Corpus", "Methods", "Optimization", "Modeling", "Tensors", "MemoryAccounting",
      ]),
    .target(
      name: "Experiments",
      dependencies: [
        "Configuration", "Files", "Corpus", "Training", "Methods", "Optimization", "Modeling", "MemoryAccounting",
        "Tensors",
      ]),
    .target(
      name: "Reporting",
      dependencies: [
        "Configuration", "Files", "Corpus", "Experiments", "Training", "Methods", "Modeling", "MemoryAccounting",
        "Tensors",
      ]),
    .target(
      name: "Benchmarks",
      dependencies: [
        "Configuration", "Files", "Corpus", "Reporting", "Experiments", "Training", "Methods", "Optimization",
        "Modeling", "MemoryAccounting", "Tensors", "CKernels",
      ]),
    .executableTarget(
      name: "sltrain",
      dependencies: [
        "Benchmarks", "COpenBLAS", "CKernels", "Configuration", "Files", "Corpus", "Experiments", "Methods",
        "MemoryAccounting", "Modeling", "Reporting", "Tensors", "Training",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ]),

    // Tests, one target a room; shared set-up lives in TestSupport.
    .target(
      name: "TestSupport",
      dependencies: [
        "CKernels", "CMemory", jemalloc, "Configuration", "Corpus", "Methods", "MemoryAccounting", "Modeling",
        "Optimization", "Tensors", "Training",
      ],
      path: "Tests/TestSupport"),
  ]
    + [
      "Configuration", "MemoryAccounting", "Tensors", "Corpus", "Modeling", "Optimization", "Methods",
      "Training", "Experiments", "Reporting", "Benchmarks",
    ].map { room in
      .testTarget(
        name: "\(room)Tests", dependencies: [.target(name: room), "TestSupport"], path: "Tests/\(room)Tests",
        exclude: testMaterial["\(room)Tests"] ?? [])
    }
    // The program itself, run as its user runs it.
    + [
      .testTarget(name: "CommandLineTests", dependencies: ["sltrain", "TestSupport"], path: "Tests/CommandLineTests")
    ],
  cxxLanguageStandard: .cxx17
)
