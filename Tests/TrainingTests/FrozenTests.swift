import Modeling
import TestSupport
import Testing
import Training

@Suite("What a run leaves frozen")
struct FrozenTests {
  /// The names of the parameters that a short run has moved, without their layers' names.
  private func moved(_ method: String) throws -> Set<String> {
    let specification = try SmallRuns.specification(method: method)
    let before = try SmallRuns.trainer(specification).model.parameters.map(\.value.array)
    let trainer = try SmallRuns.trainer(specification)
    #expect(try trainer.run().status == .complete)
    return Set(
      zip(trainer.model.parameters, before).filter { $0.value.array != $1 }.map { parameter, _ in
        parameter.site.map { String(parameter.name.dropFirst($0.name.count + 1)) } ?? "base"
      })
  }

  @Test("With L0 fixed the values alone are trained, unless the base is asked for too")
  func sparseResidual() throws {
    let method = "name: sparse-residual, rank: 6, density: 0.05"
    #expect(try moved("{\(method)}") == ["sparse.values"])
    #expect(try moved("{\(method), trains: sparse-and-base}") == ["sparse.values", "base"])
  }

  @Test("A parameter that is frozen takes no state of the optimizer")
  func noState() throws {
    let trainer = try SmallRuns.trainer(SmallRuns.specification(method: "sparse-residual"))
    let states = trainer.optimizer.entries.filter { !$0.rule.state.isEmpty }
    #expect(!states.isEmpty && states.allSatisfy { $0.parameter.name.hasSuffix(".sparse.values") })
  }
}
