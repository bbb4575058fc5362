import Configuration
import Experiments

/// Something of the paper that is made at a scale: what is missing is run, and the pages are written from the records.
protocol Reproduction {
  /// The name of the files that come out.
  var name: String { get }
  /// The scale that it is made at.
  var scale: ScaleName { get }

  /// What there is to run, and how long that takes, roughly.
  ///
  /// - Throws: `Diagnostic` if something is asked for that there is not, or a specification or a record is wrong.
  func outlook() throws -> Outlook

  /// Runs what is missing.
  ///
  /// What would go wrong in the report goes wrong before anything is run.
  /// - Throws: `Diagnostic` if nothing can be run; a cell that fails is reported and not thrown.
  func run(console: any RunConsole) throws -> RunReport

  /// Writes the pages from the records that are there.
  ///
  /// - Returns: what a reader should see first, and the files that were written.
  /// - Throws: `Diagnostic` if a record is damaged, a file cannot be written, or gnuplot is missing.
  func report() throws -> WrittenReport
}

/// A report that was written.
struct WrittenReport {
  /// What a reader should see first.
  var text: String
  /// The files.
  var files: [String]
  /// Why there are no figures, where they could not be drawn.
  var fault: Diagnostic?

  /// A report whose last part may fail, as figures do without gnuplot, and takes nothing from the rest.
  ///
  /// - Parameters:
  ///   - files: what is written already.
  ///   - write: writes the rest, and returns its files.
  static func writing(_ text: String, files: [String] = [], _ write: () throws -> [String]) throws -> WrittenReport {
    do {
      return WrittenReport(text: text, files: files + (try write()))
    } catch let fault as Diagnostic {
      return WrittenReport(text: text, files: files, fault: fault)
    }
  }

  /// Prints the report, and what was written.
  ///
  /// - Throws: ``fault``, when all else is told.
  func show() throws {
    print(text)
    if !files.isEmpty { print("written:") }
    for file in files { print("  \(file)") }
    if let fault { throw fault }
  }
}

/// What the user may choose about how things are reproduced.
struct ReproductionOptions {
  /// Cells and seeds.
  var request = CellRequest()
  /// How cells are run.
  var run = RunOptions()
  /// Whether what was timed or studied here is run again.
  var again = false
  /// Threads of what has no number of its own.
  var workers: Int
  /// Whether the preparation of data says nothing.
  var isQuiet = false
}

extension Experiment {
  /// The experiment as something to be made.
  ///
  /// - Parameter environment: where its records and pages go.
  /// - Throws: `Diagnostic` if something is asked for that it does not have.
  func reproduction(_ options: ReproductionOptions, in environment: ExperimentEnvironment) throws -> any Reproduction {
    switch self {
    case .table(let table): try TableReproduction(table, options: options, environment: environment)
    case .timing(let timing): try TimingReproduction(timing, options: options, environment: environment)
    case .study(let study): try StudyReproduction(study, options: options, environment: environment)
    }
  }
}
