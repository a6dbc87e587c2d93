// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "script/SyntaxTree.h"

#include <tree_sitter/api.h>

#include <array>
#include <cstring>
#include <memory>
#include <string_view>
#include <unordered_map>

extern "C" const TSLanguage *tree_sitter_javascript();

namespace loopscope {

namespace {

struct NamedType
{
    std::string_view name;
    NodeType type;
};

constexpr std::array namedTypes{
    NamedType{"program", NodeType::Program},
    NamedType{"statement_block", NodeType::StatementBlock},
    NamedType{"empty_statement", NodeType::EmptyStatement},
    NamedType{"expression_statement", NodeType::ExpressionStatement},
    NamedType{"lexical_declaration", NodeType::LexicalDeclaration},
    NamedType{"variable_declaration", NodeType::VariableDeclaration},
    NamedType{"variable_declarator", NodeType::VariableDeclarator},
    NamedType{"if_statement", NodeType::IfStatement},
    NamedType{"else_clause", NodeType::ElseClause},
    NamedType{"for_statement", NodeType::ForStatement},
    NamedType{"for_in_statement", NodeType::ForInStatement},
    NamedType{"while_statement", NodeType::WhileStatement},
    NamedType{"do_statement", NodeType::DoStatement},
    NamedType{"labeled_statement", NodeType::LabeledStatement},
    NamedType{"switch_statement", NodeType::SwitchStatement},
    NamedType{"switch_case", NodeType::SwitchCase},
    NamedType{"switch_default", NodeType::SwitchDefault},
    NamedType{"try_statement", NodeType::TryStatement},
    NamedType{"catch_clause", NodeType::CatchClause},
    NamedType{"finally_clause", NodeType::FinallyClause},
    NamedType{"return_statement", NodeType::ReturnStatement},
    NamedType{"throw_statement", NodeType::ThrowStatement},
    NamedType{"break_statement", NodeType::BreakStatement},
    NamedType{"continue_statement", NodeType::ContinueStatement},
    NamedType{"debugger_statement", NodeType::DebuggerStatement},
    NamedType{"with_statement", NodeType::WithStatement},
    NamedType{"import_statement", NodeType::ImportStatement},
    NamedType{"export_statement", NodeType::ExportStatement},
    NamedType{"function_declaration", NodeType::FunctionDeclaration},
    NamedType{"generator_function_declaration", NodeType::GeneratorFunctionDeclaration},
    NamedType{"function_expression", NodeType::FunctionExpression},
    NamedType{"generator_function", NodeType::GeneratorFunction},
    NamedType{"arrow_function", NodeType::ArrowFunction},
    NamedType{"method_definition", NodeType::MethodDefinition},
    NamedType{"class_declaration", NodeType::ClassDeclaration},
    NamedType{"class", NodeType::Class},
    NamedType{"class_heritage", NodeType::ClassHeritage},
    NamedType{"class_body", NodeType::ClassBody},
    NamedType{"class_static_block", NodeType::ClassStaticBlock},
    NamedType{"field_definition", NodeType::FieldDefinition},
    NamedType{"formal_parameters", NodeType::FormalParameters},
    NamedType{"decorator", NodeType::Decorator},
    NamedType{"call_expression", NodeType::CallExpression},
    NamedType{"new_expression", NodeType::NewExpression},
    NamedType{"arguments", NodeType::Arguments},
    NamedType{"member_expression", NodeType::MemberExpression},
    NamedType{"subscript_expression", NodeType::SubscriptExpression},
    NamedType{"optional_chain", NodeType::OptionalChain},
    NamedType{"assignment_expression", NodeType::AssignmentExpression},
    NamedType{"augmented_assignment_expression", NodeType::AugmentedAssignmentExpression},
    NamedType{"binary_expression", NodeType::BinaryExpression},
    NamedType{"unary_expression", NodeType::UnaryExpression},
    NamedType{"update_expression", NodeType::UpdateExpression},
    NamedType{"ternary_expression", NodeType::TernaryExpression},
    NamedType{"sequence_expression", NodeType::SequenceExpression},
    NamedType{"parenthesized_expression", NodeType::ParenthesizedExpression},
    NamedType{"await_expression", NodeType::AwaitExpression},
    NamedType{"yield_expression", NodeType::YieldExpression},
    NamedType{"meta_property", NodeType::MetaProperty},
    NamedType{"object", NodeType::Object},
    NamedType{"pair", NodeType::Pair},
    NamedType{"spread_element", NodeType::SpreadElement},
    NamedType{"object_pattern", NodeType::ObjectPattern},
    NamedType{"array_pattern", NodeType::ArrayPattern},
    NamedType{"assignment_pattern", NodeType::AssignmentPattern},
    NamedType{"object_assignment_pattern", NodeType::ObjectAssignmentPattern},
    NamedType{"pair_pattern", NodeType::PairPattern},
    NamedType{"rest_pattern", NodeType::RestPattern},
    NamedType{"computed_property_name", NodeType::ComputedPropertyName},
    NamedType{"template_string", NodeType::TemplateString},
    NamedType{"template_substitution", NodeType::TemplateSubstitution},
    NamedType{"identifier", NodeType::Identifier},
    NamedType{"undefined", NodeType::Identifier},
    NamedType{"shorthand_property_identifier", NodeType::ShorthandPropertyIdentifier},
    NamedType{"shorthand_property_identifier_pattern", NodeType::ShorthandPropertyIdentifierPattern},
    NamedType{"property_identifier", NodeType::PropertyIdentifier},
    NamedType{"private_property_identifier", NodeType::PrivatePropertyIdentifier},
    NamedType{"statement_identifier", NodeType::StatementIdentifier},
    NamedType{"this", NodeType::This},
    NamedType{"super", NodeType::Super},
    NamedType{"import", NodeType::Import},
    NamedType{"string", NodeType::String},
    NamedType{"escape_sequence", NodeType::EscapeSequence},
    NamedType{"number", NodeType::Number},
    NamedType{"regex", NodeType::Regex},
    NamedType{"regex_pattern", NodeType::RegexPattern},
    NamedType{"regex_flags", NodeType::RegexFlags},
    NamedType{"import_clause", NodeType::ImportClause},
    NamedType{"namespace_import", NodeType::NamespaceImport},
    NamedType{"named_imports", NodeType::NamedImports},
    NamedType{"import_specifier", NodeType::ImportSpecifier},
    NamedType{"import_attribute", NodeType::ImportAttribute},
    NamedType{"export_clause", NodeType::ExportClause},
    NamedType{"export_specifier", NodeType::ExportSpecifier},
    NamedType{"namespace_export", NodeType::NamespaceExport},
    NamedType{"jsx_element", NodeType::JsxElement},
    NamedType{"jsx_self_closing_element", NodeType::JsxElement},
};

constexpr std::array<std::string_view, 28> fieldNames{"", "name", "body", "parameter", "parameters", "left", "right", "value", "key",
    "object", "property", "index", "function", "arguments", "constructor", "consequence", "alternative", "condition", "initializer",
    "increment", "declaration", "source", "alias", "label", "kind", "operator", "member", "argument"};

/// The grammar's symbols and fields as our enumerations, looked up once.
class Vocabulary
{
public:
    explicit Vocabulary(const TSLanguage *language)
        : m_types(ts_language_symbol_count(language), NodeType::Other)
        , m_fields(ts_language_field_count(language) + 1, FieldName::None)
    {
        std::unordered_map<std::string_view, NodeType> byName;
        for (const NamedType &named : namedTypes)
            byName.emplace(named.name, named.type);
        for (TSSymbol symbol = 0; symbol < m_types.size(); ++symbol) {
            if (ts_language_symbol_type(language, symbol) != TSSymbolTypeRegular)
                continue;
            if (const auto found = byName.find(ts_language_symbol_name(language, symbol)); found != byName.end())
                m_types[symbol] = found->second;
        }
        for (std::size_t index = 1; index < fieldNames.size(); ++index) {
            const std::string_view name = fieldNames[index];
            const TSFieldId id = ts_language_field_id_for_name(language, name.data(), static_cast<uint32_t>(name.size()));
            if (id != 0)
                m_fields[id] = static_cast<FieldName>(index);
        }
    }

    NodeType type(TSSymbol symbol) const { return symbol < m_types.size() ? m_types[symbol] : NodeType::Error; }
    FieldName field(TSFieldId id) const { return m_fields[id]; }

private:
    std::vector<NodeType> m_types;
    std::vector<FieldName> m_fields;
};

const Vocabulary &vocabulary()
{
    static const Vocabulary words(tree_sitter_javascript());
    return words;
}

struct ParserDeleter
{
    void operator()(TSParser *parser) const { ts_parser_delete(parser); }
    void operator()(TSTree *tree) const { ts_tree_delete(tree); }
};

} // namespace

bool isWordByte(char character)
{
    return (character >= '0' && character <= '9') || ((character | 0x20) >= 'a' && (character | 0x20) <= 'z') || character == '_'
        || character == '$' || static_cast<unsigned char>(character) >= 0x80;
}

SyntaxTree::SyntaxTree(const QByteArray &text)
    : m_text(text)
{
    const std::unique_ptr<TSParser, ParserDeleter> parser(ts_parser_new());
    ts_parser_set_language(parser.get(), tree_sitter_javascript());
    const std::unique_ptr<TSTree, ParserDeleter> tree(
        ts_parser_parse_string(parser.get(), nullptr, text.constData(), static_cast<uint32_t>(text.size())));
    const Vocabulary &words = vocabulary();
    m_nodes.reserve(static_cast<std::size_t>(text.size()) / 2 + 16);

    TSTreeCursor cursor = ts_tree_cursor_new(ts_tree_root_node(tree.get()));
    NodeIndex parent = noNode;
    NodeIndex previous = noNode; // the sibling before, already stored
    for (bool done = false; !done;) {
        const TSNode source = ts_tree_cursor_current_node(&cursor);
        bool descend = false;
        if (ts_node_is_extra(source) && std::strcmp(ts_node_type(source), "ERROR") != 0) {
            if (std::strcmp(ts_node_type(source), "html_comment") == 0)
                m_htmlComments.emplace_back(ts_node_start_byte(source), ts_node_end_byte(source));
        } else {
            const NodeIndex index = static_cast<NodeIndex>(m_nodes.size());
            SyntaxNode node;
            node.start = ts_node_start_byte(source);
            node.end = ts_node_end_byte(source);
            node.parent = parent;
            node.type = words.type(ts_node_symbol(source));
            node.field = words.field(ts_tree_cursor_current_field_id(&cursor));
            node.isNamed = ts_node_is_named(source);
            node.isMissing = ts_node_is_missing(source);
            m_nodes.push_back(node);
            if (previous != noNode)
                m_nodes[previous].nextSibling = index;
            else if (parent != noNode)
                m_nodes[parent].firstChild = index;
            if (m_firstError == noNode && (node.type == NodeType::Error || node.isMissing))
                m_firstError = index;
            previous = index;
            descend = ts_tree_cursor_goto_first_child(&cursor);
            if (descend) {
                parent = index;
                previous = noNode;
            }
        }
        while (!descend && !ts_tree_cursor_goto_next_sibling(&cursor)) {
            if (!ts_tree_cursor_goto_parent(&cursor)) {
                done = true;
                break;
            }
            previous = parent;
            parent = m_nodes[parent].parent;
        }
    }
    ts_tree_cursor_delete(&cursor);
    // tree-sitter lets a statement without semicolon end behind the comment that follows it: here it ends with its last token.
    for (NodeIndex index = static_cast<NodeIndex>(m_nodes.size()) - 1; index > 0; --index) {
        if (m_nodes[index].nextSibling == noNode)
            m_nodes[m_nodes[index].parent].end = m_nodes[index].end;
    }
}

NodeIndex SyntaxTree::child(NodeIndex parent, FieldName field) const
{
    for (NodeIndex at = m_nodes[parent].firstChild; at != noNode; at = m_nodes[at].nextSibling) {
        if (m_nodes[at].field == field)
            return at;
    }
    return noNode;
}

NodeIndex SyntaxTree::child(NodeIndex parent, NodeType type) const
{
    for (NodeIndex at = m_nodes[parent].firstChild; at != noNode; at = m_nodes[at].nextSibling) {
        if (m_nodes[at].type == type)
            return at;
    }
    return noNode;
}

NodeIndex SyntaxTree::token(NodeIndex parent, QByteArrayView text) const
{
    for (NodeIndex at = m_nodes[parent].firstChild; at != noNode; at = m_nodes[at].nextSibling) {
        if (!m_nodes[at].isNamed && textOf(at) == text)
            return at;
    }
    return noNode;
}

NodeIndex SyntaxTree::lastChild(NodeIndex parent) const
{
    NodeIndex last = noNode;
    for (NodeIndex at = m_nodes[parent].firstChild; at != noNode; at = m_nodes[at].nextSibling)
        last = at;
    return last;
}

} // namespace loopscope
