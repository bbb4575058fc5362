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
        steps: run.steps, batch: run.batch, sequenceLength: run.data.sequenceLength)
    }
  }
}
