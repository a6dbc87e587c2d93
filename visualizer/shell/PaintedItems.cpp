// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "shell/PaintedItems.h"

#include <QAbstractSlider>
#include <QAccessibleWidget>
#include <QCoreApplication>

#include <vector>

namespace loopscope {

namespace {

/// One thing. It outlives what it stood for, and says so then.
class ItemInterface : public QAccessibleInterface, public QAccessibleActionInterface
{
public:
    ItemInterface(QAccessibleInterface &view, QWidget &widget, PaintedItems &items, int item)
        : m_view(view)
        , m_widget(widget)
        , m_items(items)
        , m_item(item)
    {
    }

    bool isValid() const override { return m_item < m_items.itemCount(); }
    QObject *object() const override { return nullptr; }
    QAccessibleInterface *parent() const override { return &m_view; }
    QAccessibleInterface *child(int) const override { return nullptr; }
    QAccessibleInterface *childAt(int, int) const override { return nullptr; }
    int childCount() const override { return 0; }
    int indexOfChild(const QAccessibleInterface *) const override { return -1; }
    QAccessible::Role role() const override { return QAccessible::ListItem; }
    QString text(QAccessible::Text text) const override
    {
        return text == QAccessible::Name && isValid() ? m_items.itemName(m_item) : QString();
    }
    void setText(QAccessible::Text, const QString &) override { }
    QRect rect() const override
    {
        const QRect inWidget = isValid() ? m_items.itemRect(m_item) : QRect();
        return inWidget.isEmpty() ? QRect() : QRect(m_widget.mapToGlobal(inWidget.topLeft()), inWidget.size());
    }

    QAccessible::State state() const override
    {
        QAccessible::State state;
        if (!isValid()) {
            state.invalid = true;
            return state;
        }
        const bool isChosen = m_items.chosenItem() == m_item;
        state.focusable = true;
        state.selectable = true;
        state.selected = isChosen;
        state.focused = isChosen && m_widget.hasFocus();
        state.invisible = !m_widget.isVisible();
        state.offscreen = !m_widget.rect().intersects(m_items.itemRect(m_item));
        return state;
    }

    void *interface_cast(QAccessible::InterfaceType type) override
    {
        return type == QAccessible::ActionInterface ? static_cast<QAccessibleActionInterface *>(this) : nullptr;
    }
    QStringList actionNames() const override { return {setFocusAction(), pressAction()}; }
    QStringList keyBindingsForAction(const QString &) const override { return {}; }
    void doAction(const QString &name) override
    {
        if (!isValid())
            return;
        m_widget.setFocus(Qt::OtherFocusReason);
        if (name == pressAction())
            m_items.openItem(m_item);
        else
            m_items.chooseItem(m_item);
    }

private:
    QAccessibleInterface &m_view;
    QWidget &m_widget;
    PaintedItems &m_items;
    int m_item;
};

/// The view itself: its things first, then the widgets in it. One that is a slider stays one.
class ViewInterface : public QAccessibleWidget, public QAccessibleValueInterface
{
public:
    ViewInterface(QWidget &widget, PaintedItems &items)
        : QAccessibleWidget(&widget, qobject_cast<QAbstractSlider *>(&widget) != nullptr ? QAccessible::Slider : QAccessible::List)
        , m_items(items)
    {
    }
    ~ViewInterface() override
    {
        for (const QAccessible::Id id : m_children)
            QAccessible::deleteAccessibleInterface(id);
    }

    int childCount() const override { return m_items.itemCount() + QAccessibleWidget::childCount(); }
    QAccessibleInterface *child(int index) const override
    {
        const int items = m_items.itemCount();
        if (index < 0 || index >= items)
            return QAccessibleWidget::child(index - items);
        for (int item = static_cast<int>(m_children.size()); item <= index; ++item) {
            auto *self = const_cast<ViewInterface *>(this); // children are made when they are asked for, in const functions
            m_children.push_back(QAccessible::registerAccessibleInterface(new ItemInterface(*self, *widget(), m_items, item)));
        }
        return QAccessible::accessibleInterface(m_children[static_cast<std::size_t>(index)]);
    }
    int indexOfChild(const QAccessibleInterface *child) const override
    {
        for (std::size_t item = 0; item < m_children.size(); ++item) {
            if (QAccessible::accessibleInterface(m_children[item]) == child)
                return static_cast<int>(item);
        }
        const int index = QAccessibleWidget::indexOfChild(child);
        return index < 0 ? index : index + m_items.itemCount();
    }
    QAccessibleInterface *childAt(int x, int y) const override
    {
        const QPoint point = widget()->mapFromGlobal(QPoint(x, y));
        for (int item = 0; item < m_items.itemCount(); ++item) {
            if (m_items.itemRect(item).contains(point))
                return child(item);
        }
        return QAccessibleWidget::childAt(x, y);
    }
    QAccessibleInterface *focusChild() const override
    {
        const int chosen = m_items.chosenItem();
        return widget()->hasFocus() && chosen >= 0 ? child(chosen) : QAccessibleWidget::focusChild();
    }

    void *interface_cast(QAccessible::InterfaceType type) override
    {
        if (type == QAccessible::ValueInterface && slider() != nullptr)
            return static_cast<QAccessibleValueInterface *>(this);
        return QAccessibleWidget::interface_cast(type);
    }
    QVariant currentValue() const override { return slider()->value(); }
    void setCurrentValue(const QVariant &value) override { slider()->setValue(value.toInt()); }
    QVariant maximumValue() const override { return slider()->maximum(); }
    QVariant minimumValue() const override { return slider()->minimum(); }
    QVariant minimumStepSize() const override { return slider()->singleStep(); }

private:
    QAbstractSlider *slider() const { return qobject_cast<QAbstractSlider *>(object()); }

    PaintedItems &m_items;
    mutable std::vector<QAccessible::Id> m_children; ///< by their number; as many as were ever asked for
};

QAccessibleInterface *makeInterface(const QString &, QObject *object)
{
    auto *widget = qobject_cast<QWidget *>(object);
    auto *items = dynamic_cast<PaintedItems *>(object);
    return widget != nullptr && items != nullptr ? new ViewInterface(*widget, *items) : nullptr;
}

} // namespace

PaintedItems::PaintedItems()
{
    static const bool isInstalled = [] {
        QAccessible::installFactory(makeInterface);
        return true;
    }();
    Q_UNUSED(isInstalled)
}

void PaintedItems::tellChosen(QWidget &view)
{
    const int chosen = QAccessible::isActive() && view.hasFocus() ? chosenItem() : -1;
    if (chosen < 0)
        return;
    QAccessibleEvent event(&view, QAccessible::Focus);
    event.setChild(chosen);
    QAccessible::updateAccessibility(&event);
}

} // namespace loopscope
