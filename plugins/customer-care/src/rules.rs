//! Three texts that fit together: follow-up and complaints (FUP), the control procedure for after-sales service
//! (CTL, cut off after its clause 5.1.2), and what to mind when following up (XID). FUP-12, 13, 15 and XID-05 are
//! arguments and statistics: nothing to declare. CTL-15 marks where the procedure breaks off.

sanbao_kit::rules! {
    provisions {
        FUP_01 = "FUP-01": "联系频率" / "How often customers are contacted",
            "联系频率取决于客户的重要性、具体问题、熟悉程度等因素。" /
            "How often a customer is contacted depends on importance, the particular problem, familiarity and other factors.";
        FUP_02 = "FUP-02": "客户分级" / "Classes of customers",
            "按重要性将客户分为A、B、C三级。" / "Customers are classed A, B and C by importance.";
        FUP_03 = "FUP-03": "A级每周联系" / "Class A: weekly", "A级客户每周联系一次。" / "A customer of class A is contacted once a week.";
        FUP_04 = "FUP-04": "B级每月联系" / "Class B: monthly", "B级客户每月联系一次。" / "A customer of class B is contacted once a month.";
        FUP_05 = "FUP-05": "C级每半年联系" / "Class C: half-yearly",
            "C级客户至少每半年联系一次。" / "A customer of class C is contacted at least once every half year.";
        FUP_06 = "FUP-06": "联系方式" / "How customers are contacted",
            "可登门拜访、打电话、写信或寄贺年片。" / "In person, by telephone, by letter or with a New Year card.";
        FUP_07 = "FUP-07": "第一步：感谢" / "Complaint step 1: thank",
            "感谢客户提出投诉。" / "The customer is thanked for the complaint.", on [ComplaintReceived];
        FUP_11 = "FUP-11": "第五步：尽快补偿" / "Complaint step 5: compensate quickly",
            "尽快给予补偿，拖延会引起新的投诉。" / "Compensation is quick: delay breeds new complaints.", on [ComplaintReceived];
        CTL_03 = "CTL-03": "顾客满意度" / "Satisfaction",
            "满意度是顾客对产品和服务的实际感受与期望相比较的程度。" /
            "Satisfaction is how the actual experience of product and service compares with what the customer expected.";
        CTL_04 = "CTL-04": "联系顾客、组织处理投诉" / "Contact and complaints",
            "事业部销售科室与顾客联系，组织处理投诉，保存服务记录。" /
            "The division's sales section contacts customers, organises the handling of complaints and keeps service records.";
        CTL_05 = "CTL-05": "测量满意度与需求" / "Measuring satisfaction and needs",
            "销售科室组织测量满意度，了解顾客的需求和潜在需求。" /
            "The sales section has satisfaction measured and establishes needs and latent needs.";
        CTL_06 = "CTL-06": "确定责任部门" / "The responsible department",
            "质检科室分析反馈信息，确定责任部门并监督实施。" /
            "The quality-inspection section analyses feedback, identifies the responsible department and supervises what it does.";
        CTL_07 = "CTL-07": "管理投诉" / "Managing complaints",
            "销售科室管理产品投诉，执行并跟踪公司的决定和规定。" /
            "The sales section manages product complaints, carries out the company's decisions and rules, and follows them up.";
        CTL_08 = "CTL-08": "现场解决" / "Solving on the spot",
            "销售科室现场解决投诉，或派人上门维修。" /
            "The sales section solves complaints on the spot, or sends somebody to repair at the customer's.", on [ComplaintReceived];
        CTL_09 = "CTL-09": "检查运行情况" / "Checking how products run",
            "销售科室定期检查产品运行情况，提出改进建议。" /
            "The sales section regularly checks how products run and proposes improvements.";
        CTL_11 = "CTL-11": "统计与归档" / "Statistics and archive",
            "安排专人统计、分类、归档。" / "Clerks compile statistics, classify and archive.";
        CTL_12 = "CTL-12": "投诉客户名簿" / "Roster of complaining customers",
            "建立并指导投诉客户名簿的登记。" / "A roster of complaining customers is kept.";
        CTL_13 = "CTL-13": "满意与不满意的信息" / "Praise and dissatisfaction",
            "收集顾客满意和不满意两方面的信息。" / "What customers are satisfied with is collected as well as what they are not.";
        CTL_14 = "CTL-14": "答复意见" / "Suggestions are answered",
            "通过面谈、信函、电话、传真收到的意见，由销售科室答复并记录；暂时不能答复的，详细记录，与有关部门研究后答复。" /
            "Suggestions by interview, letter, telephone or fax are answered and recorded; those that cannot be answered yet are recorded in detail, studied with the departments concerned, and then answered.";
        XID_01 = "XID-01": "回访至熟练为止" / "Follow-up until proficient",
            "经常回访，直到顾客熟练使用产品。" / "The customer is followed up often until proficient in using the product.";
        XID_02 = "XID-02": "定期回访机械产品" / "Mechanical goods",
            "机械类商品的零件使用一段时间后需要更换，应定期回访。" /
            "Parts of mechanical goods need replacing after a time, so their users are visited regularly.";
        XID_03 = "XID-03": "使用情况调查" / "How consumers use the product",
            "对日用消费品，了解顾客的使用情况。" / "For consumer goods it is surveyed how the customer uses them.";
    }
    readings {
        FUP_R1 = "FUP-R1": "未分级的客户" / "Customers without a class",
            "分级标准由公司自定；未分级的客户按C级联系。" /
            "By what criteria customers are classed is the company's own choice; a customer without a class is contacted like class C.";
        FUP_R2 = "FUP-R2": "定期联系的起止" / "From when until when",
            "自结案之日起定期联系；客户再次报修或投诉的，以新的结案之日重新计算。" /
            "Contact starts when the case is closed, and anew with the closing of the next when the customer reports or complains again.";
        FUP_R3 = "FUP-R3": "“尽快”补偿的期限" / "How quickly compensation comes",
            "“尽快”没有天数：按公司设定的工作日结案（在其他案件中提出的投诉为答复客户），未设定的为三个工作日。" /
            "\"Quickly\" names no figure: the case is closed, or in a case about something else the customer answered, within the working days that the company chooses, 3 unless it says otherwise.";
        CTL_R1 = "CTL-R1": "何时测量满意度" / "When satisfaction is measured",
            "服务完成（不涉及保修的为结案）后，在公司设定的天数内测量，未设定的为七天。" /
            "Satisfaction is asked for within the days that the company chooses after the service, or after the closing of a case that is not about cover; 7 unless it says otherwise.";
        CTL_R2 = "CTL-R2": "答复期限" / "How soon suggestions are answered",
            "程序没有写明期限：按公司设定的工作日，未设定的为五个工作日；需要研究的，自确定不能当场答复之日起重新计算。" /
            "The procedure names no figure: within the working days that the company chooses, 5 unless it says otherwise; what must be studied has them anew from the day on which that is found.";
        XID_R1 = "XID-R1": "“经常”的间隔" / "How often is often",
            "安装或培训之后，按公司设定的天数回访一次，未设定的为十四天。" /
            "After installation or training, every so many days as the company chooses, 14 unless it says otherwise.";
        XID_R2 = "XID-R2": "“定期”的间隔" / "How regular is regularly",
            "按公司设定的月数回访一次，未设定的为六个月。" /
            "Every so many months as the company chooses, 6 unless it says otherwise.";
    }
    conduct {
        FUP_08 = "FUP-08": "第二步：倾听" / "Complaint step 2: listen",
            "耐心听完，不打断、不辩解。" / "The customer is heard to the end; nobody cuts in to defend.", on [ComplaintReceived];
        FUP_09 = "FUP-09": "第三步：查明事实" / "Complaint step 3: find the facts",
            "收集资料，查明事实，客观公正；投诉可能有所夸大。" /
            "Material is collected and the facts are found, objectively and fairly; a complaint may be exaggerated.", on [ComplaintReceived];
        FUP_10 = "FUP-10": "第四步：征求意见" / "Complaint step 4: ask",
            "征求客户的意见，客户往往只要求象征性的补偿。" /
            "The customer is asked what would settle it: often only a token compensation.", on [ComplaintReceived];
        FUP_14 = "FUP-14": "额外的关怀" / "Extra care",
            "不断提供技术信息、促销建议和活动邀请。" /
            "Customers go on having technical news, ideas for selling and invitations to events.", on [Closed];
        CTL_01 = "CTL-01": "目的" / "Purpose",
            "有效监视和测量顾客满意度，管理售后服务工作。" /
            "Satisfaction is monitored and measured, and after-sales work managed.";
        CTL_02 = "CTL-02": "引用标准" / "Standards referred to",
            "引用企业技术标准、管理标准和工作标准体系，使用最新版本。" /
            "The enterprise's technical, management and work standards apply in their latest versions.";
        CTL_10 = "CTL-10": "跟踪与预测" / "Watching the market",
            "跟踪消费者，进行市场调查和预测，制定对策；监控投诉并采取措施。" /
            "The sales section watches consumers and the market, prepares responses, and acts on complaints.";
        XID_04 = "XID-04": "传递新信息" / "News of products",
            "服务时向顾客介绍新产品、新服务，并收集市场信息。" /
            "During service the customer hears of new products and services, and market information is gathered.", on [Completed, Serviced];
        XID_06 = "XID-06": "上岗前培训" / "Staff are trained first",
            "员工正式上岗前接受注意事项培训。" / "Staff are trained in these points before they formally start.";
    }
}
