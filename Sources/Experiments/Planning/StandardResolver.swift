import Configuration
import Methods
import Modeling
import Training

extension TrainingResolver {
  /// The resolver of training runs.
  ///
  /// - Parameters:
  ///   - registry: the methods that a row can name.
  ///   - models: the models that a size can name.
  ///   - corporaFolder: where the corpora are that the data may name.
  public static func standard(
    registry: MethodRegistry = .standard, models: ModelCatalogue, corporaFolder: String
  ) -> TrainingResolver {
    TrainingResolver { node in
      let run = try TrainingSpecification(
        reading: node.mapping(keys: TrainingSpecification.keys), registry: registry, models: models,
        corporaFolder: corporaFolder)
      return ResolvedTraining(
        node: node, resolved: run.resolved, model: run.model, footprint: run.method.footprint(of: run.model),
        steps: run.steps, batch: run.batch, sequenceLength: run.data.sequenceLength,
        predictMemory: { MemoryPrediction(try MemoryPlan(run)) })
    } count: { node in
      let run = try node.mapping(keys: TrainingSpecification.keys)
      let (model, modelResolved) = try models.model(reading: run.requiredNode("model"))
      let (method, methodResolved) = try registry.method(reading: run.requiredNode("method"), for: model)
      return ResolvedTraining(
        node: node, resolved: .object(["model": modelResolved, "method": methodResolved]), model: model,
        footprint: method.footprint(of: model), steps: 0, batch: 0, sequenceLength: 0)
    }
  }
}
