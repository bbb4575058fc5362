import Configuration
import Modeling
import Optimization
import Tensors

extension TrainingSpecification {
  /// The keys of a precision's mapping in a specification.
  public static let precisionKeys = ["weights", "gradients", "rounding"]

  /// Reads how numbers are stored: `precision`, `activationCheckpointing`, and what the optimizer's updates ask for.
  ///
  /// What is not written is not noted: runs from before these keys keep their identities.
  static func readStorage(
    _ run: SpecificationMapping, optimizer: OptimizerSpecification
  ) throws -> (ModelStorage, RoundingMode) {
    var storage = ModelStorage(gradients: optimizer.updates == .perLayer ? .shared : .separate)
    storage.checkpointsActivations = try run.laterBool("activationCheckpointing")
    guard let node = run.optionalNode("precision") else { return (storage, .nearest) }
    let precision = try node.mapping(keys: precisionKeys)
    storage.weights = try precision.laterChoice("weights", default: Storage.float32).elementType
    storage.gradientType = try precision.laterChoice("gradients", default: Storage.float32).elementType
    let rounding = try precision.laterChoice("rounding", default: RoundingMode.nearest)
    guard rounding == .nearest || storage.weights == .bfloat16 || optimizer.moments == .bfloat16 else {
      throw precision.error(
        "rounding",
        "'\(rounding.rawValue)' rounding, and neither weights nor moments are in bf16: there is nothing to round")
    }
    if precision.resolved != .object([:]) { run.note("precision", precision.resolved) }
    return (storage, rounding)
  }

  /// What parameters and gradients may be stored in.
  private enum Storage: String, CaseIterable {
    case float32 = "fp32"
    case bfloat16 = "bf16"

    var elementType: ElementType { self == .float32 ? .float32 : .bfloat16 }
  }
}
