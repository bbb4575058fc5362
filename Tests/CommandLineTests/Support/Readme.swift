import Foundation
import TestSupport
import Testing

/// A command that the README tells its reader to run.
struct ReadmeCommand: CustomTestStringConvertible, Hashable, Sendable {
  /// The command as it is written.
  var testDescription: String
  /// Its words without quotes; what is set before the command is left out.
  var words: [String]
  /// The variables that are set before the command.
  var variables: [String: String]
}

/// The README, as far as somebody could run it.
enum Readme {
  static let text = (try? String(contentsOfFile: Repository.root + "/README.md", encoding: .utf8)) ?? ""

  /// Every command: the lines of fenced shell blocks, and the inline code that begins with a program of ours.
  static let commands: [ReadmeCommand] = {
    let (blocks, prose) = parts(of: text)
    let inline = spans(of: prose).filter { span in commands(in: span).contains { isOurs($0.words.first ?? "") } }
    var seen: Set<ReadmeCommand> = []
    return (lines(of: blocks) + inline).flatMap(commands).filter { seen.insert($0).inserted }
  }()

  /// What inline code sets, such as `SCALE=paper`.
  static let settings = spans(of: parts(of: text).prose).compactMap { span in
    span.wholeMatch(of: /([A-Z][A-Z0-9_]*)=\S*/).map { String($0.1) }
  }

  private static func isOurs(_ word: String) -> Bool { ["make", "sltrain", ".build/release/sltrain"].contains(word) }

  /// The fenced shell blocks, and all that is in no block.
  static func parts(of text: String) -> (blocks: [String], prose: String) {
    var blocks: [String] = []
    var prose = ""
    var language: String?
    for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
      let trimmed = line.trimmingCharacters(in: .whitespaces)
      if trimmed.hasPrefix("```") {
        let isShell = ["sh", "bash", "shell", "console"].contains(String(trimmed.dropFirst(3)))
        if language == nil, isShell { blocks.append("") }
        language = language == nil ? (isShell ? "sh" : "other") : nil
      } else if language == "sh" {
        blocks[blocks.count - 1] += line + "\n"
      } else if language == nil {
        prose += line + "\n"
      }
    }
    return (blocks, prose)
  }

  /// The lines of blocks, those that end in a backslash joined with the next; a prompt is no part of a line.
  private static func lines(of blocks: [String]) -> [String] {
    blocks.flatMap { $0.replacing("\\\n", with: " ").split(separator: "\n") }.map { line -> String in
      let line = line.trimmingCharacters(in: .whitespaces)
      return line.hasPrefix("$ ") ? String(line.dropFirst(2)) : String(line)
    }
  }

  /// Inline code; a span may go over the end of a line.
  private static func spans(of prose: String) -> [String] {
    prose.matches(of: /`([^`]+)`/).map { String($0.1.replacing("\n", with: " ")) }
  }

  /// The commands of a line of shell: words, quotes, comments, and what is between `&&`, `||`, `;` and `|`.
  static func commands(in line: String) -> [ReadmeCommand] {
    var commands: [[String]] = [[]]
    var word: String?
    var quote: Character?
    func end() {
      if let word { commands[commands.count - 1].append(word) }
      word = nil
    }
    for character in line {
      if let open = quote {
        if character == open { quote = nil } else { word = (word ?? "") + String(character) }
      } else if character == "'" || character == "\"" {
        quote = character
        word = word ?? ""
      } else if character == "#", word == nil {
        break
      } else if character.isWhitespace {
        end()
      } else if "&|;".contains(character) {
        end()
        commands.append([])
      } else {
        word = (word ?? "") + String(character)
      }
    }
    end()
    return commands.filter { !$0.isEmpty }.map { words in
      let set = words.prefix { $0.wholeMatch(of: /[A-Za-z_][A-Za-z0-9_]*=.*/) != nil }
      let pairs = set.map { $0.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init) }
      return ReadmeCommand(
        testDescription: words.joined(separator: " "), words: Array(words.dropFirst(set.count)),
        variables: Dictionary(pairs.map { ($0[0], $0[1]) }) { $1 })
    }
  }
}
